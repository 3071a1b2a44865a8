import type { Child } from 'hono/jsx'
import { safeHref } from '../href.ts'

export const buttonStyles = `
.btn{display:inline-flex;align-items:center;justify-content:center;gap:.5rem;min-block-size:2rem;padding:.3125rem .75rem;
  border:1px solid var(--line-2);border-radius:var(--r-s);background:var(--surface);color:var(--fg);font-weight:600;
  line-height:1.4286;text-align:center;text-decoration:none;cursor:pointer;transition:background .1s,border-color .1s}
.btn:hover{background:var(--surface-hover);color:var(--fg);border-color:var(--line-field)}
.btn:active{background:var(--surface-press)}
.btn-primary{background:var(--brand);border-color:transparent;color:var(--on-brand)}
.btn-primary:hover{background:var(--brand-hover);border-color:transparent;color:var(--on-brand)}
.btn-primary:active{background:var(--brand-press)}
.btn-subtle{background:none;border-color:transparent;color:var(--link)}
.btn-large{min-block-size:2.75rem;padding:.5rem 1.25rem;font-size:1rem}
.btn[disabled]{background:var(--surface-hover);border-color:var(--line);color:var(--fg-3);cursor:not-allowed}
.actions{display:flex;flex-wrap:wrap;align-items:center;gap:.75rem}
.link-btn{display:inline;min-block-size:1.5rem;padding:0;border:0;background:none;color:var(--link);cursor:pointer;
  text-decoration:underline;text-underline-offset:.15em}
.link-btn:hover{color:var(--link-hover)}
@media (forced-colors:active){.btn{border-color:ButtonText}.btn-primary{border-width:2px}}
`

export type Look = 'primary' | 'secondary' | 'subtle' | 'link'

type Shape = { look?: Look; large?: boolean; id?: string; describedBy?: string; children: Child }

function classes(look: Look, large: boolean): string {
  if (look === 'link') return 'link-btn'
  const kind = look === 'secondary' ? '' : ` btn-${look}`
  return `btn${kind}${large ? ' btn-large' : ''}`
}

/** A button that submits its form; `name` and `value` say which of several was chosen. */
export const Button = ({
  look = 'secondary',
  large = false,
  id,
  describedBy,
  name,
  value,
  children,
}: Shape & { name?: string; value?: string }) => (
  <button
    type="submit"
    class={classes(look, large)}
    id={id}
    name={name}
    value={value}
    aria-describedby={describedBy}
  >
    {children}
  </button>
)

/** A link that looks like a button: for going somewhere, never for changing anything. */
export const ButtonLink = ({
  look = 'secondary',
  large = false,
  id,
  describedBy,
  href,
  target,
  children,
}: Shape & { href: string; target?: '_top' | '_blank' }) => (
  <a
    class={classes(look, large)}
    id={id}
    href={safeHref(href)}
    target={target}
    rel={target === '_blank' ? 'noopener noreferrer' : undefined}
    aria-describedby={describedBy}
  >
    {children}
  </a>
)
