import type { Child } from 'hono/jsx'
import { safeHref } from '../href.ts'

/** Hidden inputs of a form, by name: the CSRF token and what the change is about. */
export type Fields = Readonly<Record<string, string>>

/** A form that changes something: always POST, always with its hidden fields. */
export const PostForm = ({
  action,
  fields,
  newTab = false,
  inline = false,
  children,
}: {
  action: string
  fields: Fields
  newTab?: boolean
  inline?: boolean
  children: Child
}) => (
  <form
    method="post"
    action={safeHref(action)}
    target={newTab ? '_blank' : undefined}
    rel={newTab ? 'noopener' : undefined}
    class={inline ? 'inline' : undefined}
  >
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    {children}
  </form>
)

export const postFormStyles = 'form.inline{display:inline}'
