/** 3GPP TS 23.038, section 6.2.1: the default alphabet, and the characters that cost two. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const EXTENDED = '^{}\\[~]|€'
const basic = new Set(BASIC)
const extended = new Set(EXTENDED)

/** What people and Intl write, in the alphabet's words: spaces that do not break, dashes, minus signs, curly quotes. */
const INSTEAD: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  '\u2010': '-',
  '\u2011': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2026': '...',
  '\u00ab': '"',
  '\u00bb': '"',
  '\u0060': "'",
  '\u00b4': "'",
  '\u0153': 'oe',
  '\u0152': 'OE',
  '\u0009': ' ',
  '\u200e': '',
  '\u200f': '',
}

/**
 * The text in the GSM 7-bit alphabet: one character outside of it would halve the length of a segment, and double the
 * price. Letters lose the accents that the alphabet lacks; what has no likeness becomes a question mark.
 */
export function toGsm7(text: string): string {
  return [...text.normalize('NFC')]
    .map((character) => {
      if (basic.has(character) || extended.has(character)) return character
      const instead = INSTEAD[character]
      if (instead !== undefined) return instead
      const bare = character.normalize('NFD').replace(/\p{M}+/gu, '')
      return [...bare].every((c) => basic.has(c)) && bare !== '' ? bare : '?'
    })
    .join('')
}

/** Units of a text that is GSM-7 throughout; an extended character counts two. */
export function gsm7Units(text: string): number {
  return [...text].reduce((sum, character) => sum + (extended.has(character) ? 2 : 1), 0)
}

/** Segments that a carrier will bill: 160 units alone, 153 each when there are several. */
export function segments(text: string): number {
  const units = gsm7Units(text)
  return units <= 160 ? 1 : Math.ceil(units / 153)
}
