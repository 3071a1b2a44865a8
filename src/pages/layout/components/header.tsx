import type { Child } from 'hono/jsx'
import { Icon } from '../icons.tsx'

export const headerStyles = `
.bar{display:flex;align-items:center;gap:.75rem;min-block-size:3rem;padding:.5rem max(1rem,calc((100% - 75rem)/2));
  background:var(--bar);color:var(--on-bar)}
.bar .name{display:flex;align-items:center;gap:.625rem;font-size:1rem;font-weight:600}
.bar .end{margin-inline-start:auto;display:flex;align-items:center;gap:1rem;min-inline-size:0}
.bar a,.bar .link-btn{color:inherit}
.bar :focus-visible{outline-color:var(--on-bar)}
@media (forced-colors:active){.bar{border-block-end:1px solid CanvasText}}
`

/** The bar at the top of clinician and administrator pages. `end`: who is signed in, a sign-out form. */
export const Header = ({ name, end }: { name: string; end?: Child }) => (
  <header class="bar">
    <span class="name">
      <Icon name="video" />
      {name}
    </span>
    {end === undefined ? null : <div class="end">{end}</div>}
  </header>
)
