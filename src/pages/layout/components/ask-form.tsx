import type { Child } from 'hono/jsx'
import { safeHref } from '../href.ts'

/** A landmark of its own; a <search> element around it would say the same to fewer readers. */
const ASKS = { role: 'search' }

/** A form that only asks: its answer is a page with an address that can be shared, and nothing changes. */
export const AskForm = ({
  action,
  card = false,
  children,
}: {
  action: string
  card?: boolean
  children: Child
}) => (
  <form method="get" action={safeHref(action)} class={card ? 'card stack-s' : 'stack-s'} {...ASKS}>
    {children}
  </form>
)
