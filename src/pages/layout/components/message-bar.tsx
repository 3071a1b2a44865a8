import type { Child } from 'hono/jsx'
import { Icon, type IconName } from '../icons.tsx'

export type Tone = 'info' | 'success' | 'warning' | 'error'

export const messageBarStyles = `
.msg{display:flex;gap:.75rem;align-items:flex-start;padding:.75rem 1rem;border:1px solid var(--info-line);
  border-radius:var(--r-s);background:var(--surface);color:var(--fg)}
.msg>svg{color:var(--info-fg)}
.msg p+p{margin-block-start:.25rem}
.msg-success{background:var(--good);border-color:var(--good-line)}.msg-success>svg{color:var(--good-fg)}
.msg-warning{background:var(--warn);border-color:var(--warn-line)}.msg-warning>svg{color:var(--warn-fg)}
.msg-error{background:var(--bad);border-color:var(--bad-line)}.msg-error>svg{color:var(--bad-fg)}
`

const ICONS: Record<Tone, IconName> = { info: 'info', success: 'check', warning: 'warning', error: 'error' }

/** A message about the whole page. `role` only where it appears or changes while somebody is reading. */
export const MessageBar = ({
  tone,
  title,
  role,
  children,
}: {
  tone: Tone
  title?: string
  role?: 'status' | 'alert'
  children: Child
}) => (
  <div class={`msg msg-${tone}`} role={role}>
    <Icon name={ICONS[tone]} />
    <div>
      {title === undefined ? null : (
        <p>
          <strong>{title}</strong>
        </p>
      )}
      {children}
    </div>
  </div>
)
