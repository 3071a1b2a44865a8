/** One field that changed. `from` is absent where it was not there before, `to` where it no longer is. */
export type Change = {
  /** Where it lies: `texts.quietHours.from`, `departments[cardiology].on`. */
  readonly field: string
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Longer values are cut: the history says that and when something changed, it is no backup. */
const MOST_CHARACTERS = 200
/** What is sealed is never told, only that it was replaced. */
const SECRET = /sealed/i
/** What is written with every change, or says nothing to a person. */
const NOT_TOLD = /^(epoch|tenantId|siteId|since)$/

/** What differs between two configurations, field by field. Pure. */
export function differences(before: unknown, after: unknown): Change[] {
  const [old, now] = [leaves(before), leaves(after)]
  const fields = [...new Set([...old.keys(), ...now.keys()])]
  return fields.flatMap((field): Change[] => {
    const [from, to] = [old.get(field), now.get(field)]
    if (from === to) return []
    if (SECRET.test(field)) return [{ field: field.replace(/\.?sealed(\w+)/i, '.$1'), to: 'replaced' }]
    return [{ field, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }]
  })
}

function leaves(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (value === undefined || value === null) return found
  if (Array.isArray(value)) {
    if (value.every((each) => typeof each !== 'object')) found.set(path, cut(value.join(', ')))
    else for (const [index, each] of value.entries()) leaves(each, `${path}[${nameOf(each, index)}]`, found)
    return found
  }
  if (typeof value === 'object') {
    for (const [name, each] of Object.entries(value))
      if (!NOT_TOLD.test(name)) leaves(each, path === '' ? name : `${path}.${name}`, found)
    return found
  }
  found.set(path, cut(String(value)))
  return found
}

/** Things of a list keep their own name, so that a removed first one does not change all that follow. */
function nameOf(value: unknown, index: number): string {
  const { id } = (value ?? {}) as { id?: unknown }
  return typeof id === 'string' ? id : String(index + 1)
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text
}
