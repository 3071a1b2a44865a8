import type { Child } from 'hono/jsx'

/** An empty reference is the page's own address (RFC 3986, 4.4), whatever its path and query hold. */
const SAME_PAGE = ''

/** Loads the page again, without script and without the page knowing its address. */
export const ReloadLink = ({ id, children }: { id?: string; children: Child }) => (
  <a href={SAME_PAGE} id={id}>
    {children}
  </a>
)
