import type { Child } from 'hono/jsx'
import type { Tone } from './message-bar.tsx'

export const badgeStyles = `
.badge{display:inline-flex;align-items:center;gap:.375rem;padding:.0625rem .5rem;border:1px solid var(--info-line);
  border-radius:1rem;background:var(--info);color:var(--info-fg);font-size:.75rem;line-height:1.3333;font-weight:600}
.badge-success{background:var(--good);border-color:var(--good-line);color:var(--good-fg)}
.badge-warning{background:var(--warn);border-color:var(--warn-line);color:var(--warn-fg)}
.badge-error{background:var(--bad);border-color:var(--bad-line);color:var(--bad-fg)}
`

/** A short state. Its words carry the meaning; the colour only helps. */
export const Badge = ({ tone = 'info', children }: { tone?: Tone; children: Child }) => (
  <span class={`badge badge-${tone}`}>{children}</span>
)
