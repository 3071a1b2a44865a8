import type { Child } from 'hono/jsx'
import { safeHref } from '../href.ts'

export const footerStyles = `
.foot{margin-block-start:auto;padding:var(--s5) max(1rem,calc((100% - 75rem)/2));color:var(--fg-3);font-size:.8125rem}
.foot ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;list-style:none;padding:0;margin-block-start:.25rem}
.foot a{color:inherit}
`

export type FooterLink = { readonly label: string; readonly href: string }

/** The quiet end of a page: one line, and links such as Terms and Privacy where the deployment has them. */
export const Footer = ({ children, links = [] }: { children?: Child; links?: readonly FooterLink[] }) => (
  <footer class="foot">
    {children === undefined ? null : <p>{children}</p>}
    {links.length === 0 ? null : (
      <ul>
        {links.map(({ label, href }) => (
          <li>
            <a href={safeHref(href)}>{label}</a>
          </li>
        ))}
      </ul>
    )}
  </footer>
)
