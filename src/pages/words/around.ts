/** What stands before and after the one argument of a sentence, so that the argument can be marked up. */
export function around(sentence: (argument: string) => string): readonly [before: string, after: string] {
  const [before = '', after = ''] = sentence('\u0000').split('\u0000')
  return [before, after]
}
