import type { Child } from 'hono/jsx'
import { Icon, type IconName } from '../../layout/icons.tsx'

export type Standing = 'good' | 'bad' | 'warn' | 'quiet'

const ICONS: Record<Standing, IconName> = { good: 'check', bad: 'error', warn: 'warning', quiet: 'question' }

/** A state with its sign; the words say it all, the colour only helps. */
export const State = ({ is, children }: { is: Standing; children: Child }) => (
  <span class={`state state-${is}`}>
    <Icon name={ICONS[is]} />
    <span>{children}</span>
  </span>
)
