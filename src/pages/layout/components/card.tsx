import type { Child } from 'hono/jsx'

export const cardStyles = `
.card{background:var(--surface);border:1px solid var(--line);border-radius:var(--r-m);box-shadow:var(--shadow);
  padding:var(--s5)}
.card>h2{margin-block-end:var(--s4)}
.card-foot{margin-block-start:var(--s5);padding-block-start:var(--s4);border-block-start:1px solid var(--line)}
.stack{display:grid;gap:var(--s5)}
.stack>*{min-inline-size:0}
.stack>.head{margin-block-end:0}
@media (max-width:30rem){.card{padding:var(--s4)}}
`

/** A group of things with its heading. `id` names the heading, by which the section is labelled. */
export const Card = ({ id, heading, children }: { id: string; heading: string; children: Child }) => (
  <section class="card" aria-labelledby={id}>
    <h2 id={id}>{heading}</h2>
    {children}
  </section>
)
