import type { Child } from 'hono/jsx'

export const definitionListStyles = `
.facts{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.625rem var(--s5)}
.facts dt{color:var(--fg-3)}
.facts dd{min-inline-size:0}
.facts ul{list-style:none;padding:0}
@media (max-width:30rem){.facts{grid-template-columns:1fr;gap:0}.facts dd+dt{margin-block-start:.625rem}}
`

export type Fact = { readonly term: string; readonly value: Child }

/** Terms and their values, side by side; one under the other on a phone. */
export const DefinitionList = ({ facts }: { facts: readonly Fact[] }) => (
  <dl class="facts">
    {facts.map(({ term, value }) => (
      <>
        <dt>{term}</dt>
        <dd>{value}</dd>
      </>
    ))}
  </dl>
)
