import type { Child } from 'hono/jsx'
import { queryOf, type View } from './view.ts'

/** A form that changes something and comes back to the same view; works without script. */
export function ActionForm(props: {
  action: string
  view: View
  fields?: Readonly<Record<string, string>>
  class?: string
  children: Child
}) {
  const fields = { ...props.fields, back: queryOf(props.view) }
  return (
    <form method="post" action={`/actions/${props.action}`} class={props.class} data-action>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {props.children}
    </form>
  )
}
