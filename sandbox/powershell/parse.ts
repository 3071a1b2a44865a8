/** One command as PowerShell reads it: a name, and parameters with their values. */
export type Command = {
  readonly text: string
  readonly name: string
  readonly parameters: readonly { readonly name: string; readonly values: readonly Value[] }[]
  /** Arguments in front of the first parameter. */
  readonly positional: readonly Value[]
}

export type Value = { readonly text: string; readonly quoted: boolean }
type Token = Value & { readonly comma?: boolean }

/** PowerShell takes typographic quotes for straight ones (about_Quoting_Rules), as pasted from a document. */
const DOUBLE = '"“”„'
const SINGLE = "'‘’‚"

/**
 * Splits a paste into commands: one a line or behind a semicolon, a backtick at the end of a line goes on, `#` begins a
 * comment (about_Parsing, about_Comments).
 *
 * @returns the commands, or a sentence where a string is not closed
 */
export function parse(paste: string): readonly Command[] | { readonly error: string } {
  const commands: Command[] = []
  for (const line of paste.replace(/`[ \t]*\r?\n/g, ' ').split(/\r?\n/)) {
    const statements = tokens(line)
    if ('error' in statements) return statements
    for (const { text, words } of statements) if (words.length > 0) commands.push(command(text, words))
  }
  return commands
}

type Statement = { text: string; words: Token[] }

function tokens(line: string): Statement[] | { error: string } {
  const statements: Statement[] = [{ text: '', words: [] }]
  let at = 0
  while (at < line.length) {
    const char = line[at] ?? ''
    const last = statements.at(-1)
    if (last === undefined || char === '#') break
    if (char === ';') {
      statements.push({ text: '', words: [] })
      at += 1
      continue
    }
    last.text += char
    if (/\s/.test(char)) {
      at += 1
    } else if (char === ',') {
      last.words.push({ text: ',', quoted: false, comma: true })
      at += 1
    } else if (DOUBLE.includes(char) || SINGLE.includes(char)) {
      const kind = DOUBLE.includes(char) ? DOUBLE : SINGLE
      let end = at + 1
      while (end < line.length && !kind.includes(line[end] ?? '')) end += 1
      if (end >= line.length) return { error: `The string is missing the terminator: ${kind[0]}.` }
      last.words.push({ text: line.slice(at + 1, end), quoted: true })
      last.text += line.slice(at + 1, end + 1)
      at = end + 1
    } else {
      const word = /^[^\s,;#"“”„'‘’‚]+/.exec(line.slice(at))?.[0] ?? char
      last.words.push({ text: word, quoted: false })
      last.text += word.slice(1)
      at += word.length
    }
  }
  return statements.map(({ text, words }) => ({ text: text.trim(), words }))
}

function command(text: string, words: readonly Token[]): Command {
  const [name, ...rest] = words
  const positional: Value[] = []
  const parameters: { name: string; values: Value[] }[] = []
  for (const word of rest) {
    const parameter = word.quoted ? null : /^-([A-Za-z]\w*)(?::(.*))?$/.exec(word.text)
    if (parameter) {
      const given = parameter[2]
      parameters.push({
        name: parameter[1] ?? '',
        values: given ? [{ text: given, quoted: false }] : [],
      })
    } else if (!word.comma) {
      ;(parameters.at(-1)?.values ?? positional).push({ text: word.text, quoted: word.quoted })
    }
  }
  return { text, name: name?.text ?? '', parameters, positional }
}
