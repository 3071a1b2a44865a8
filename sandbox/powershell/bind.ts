import type { Command, Value } from './parse.ts'

/** What a parameter takes: text, several texts, $true or $false, or nothing at all. */
export type Kind = 'string' | 'strings' | 'boolean' | 'switch'

export type Declared = {
  readonly parameters: Readonly<Record<string, Kind>>
  readonly mandatory: readonly string[]
}

export type Bound = Readonly<Record<string, string | readonly string[] | boolean>>

/**
 * Binds a command's arguments to a cmdlet's parameters, strictly: whole names, in any letter case, each once, each with
 * its argument. The wording is PowerShell's own.
 *
 * @returns the values by the parameter's declared name, or the error line
 */
export function bind(command: Command, cmdlet: string, declared: Declared): Bound | { error: string } {
  const say = (error: string) => ({ error: `${cmdlet}: ${error}` })
  const stray = command.positional[0]
  if (stray) return say(`A positional parameter cannot be found that accepts argument '${stray.text}'.`)
  const bound: Record<string, string | readonly string[] | boolean> = {}
  for (const { name, values } of command.parameters) {
    const known = Object.entries(declared.parameters).find(
      ([each]) => each.toLowerCase() === name.toLowerCase(),
    )
    if (!known) return say(`A parameter cannot be found that matches parameter name '${name}'.`)
    const [own, kind] = known
    if (own in bound) {
      return say(`Cannot bind parameter because parameter '${own}' is specified more than once.`)
    }
    const value = boundValue(own, kind, values)
    if (typeof value === 'object' && 'error' in value) return say(value.error)
    bound[own] = value
  }
  const missing = declared.mandatory.filter((name) => !(name in bound))
  if (missing.length > 0) {
    return say(
      `Cannot process command because of one or more missing mandatory parameters: ${missing.join(' ')}.`,
    )
  }
  return bound
}

function boundValue(
  name: string,
  kind: Kind,
  values: readonly Value[],
): string | readonly string[] | boolean | { error: string } {
  if (kind === 'switch') {
    const given = values[0]
    if (given)
      return { error: `A positional parameter cannot be found that accepts argument '${given.text}'.` }
    return true
  }
  const [first, second] = values
  if (!first) {
    const type = kind === 'boolean' ? 'System.Boolean' : 'System.String'
    return {
      error: `Missing an argument for parameter '${name}'. Specify a parameter of type '${type}' and try again.`,
    }
  }
  if (kind === 'strings') return values.map(({ text }) => text)
  if (second)
    return { error: `A positional parameter cannot be found that accepts argument '${second.text}'.` }
  if (kind === 'string') return !first.quoted && /^\$null$/i.test(first.text) ? '' : first.text
  const written = first.quoted ? '' : first.text.toLowerCase()
  if (['$true', '1'].includes(written)) return true
  if (['$false', '0'].includes(written)) return false
  return {
    error: `Cannot process argument transformation on parameter '${name}'. Cannot convert value "System.String" to type "System.Boolean". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.`,
  }
}
