import { decodings } from './decodings.ts'
import { percentEncoded, unicodeEscape } from './encodings.ts'

/** Something that must be found nowhere. */
export type Canary = { readonly what: string; readonly value: string }

/** One stored or logged value and where it lies. */
export type Place = { readonly where: string; readonly value: Buffer }

export type Leak = { readonly what: string; readonly where: string }

/** Characters: shorter ones turn up in random text by chance. */
export const SHORTEST_CANARY = 5
/** Whatever looks like a signed token: none is ever stored or logged, whoever issued it. */
const TOKEN = /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/

type Needle = { readonly canary: Canary; readonly text: string; readonly whole: boolean }

/**
 * Looks for every canary, in every spelling, in every place and in whatever can be decoded out of it. Case does not
 * matter but in base64; what is spelled as it is must be a word of its own, so that chance finds nothing.
 */
export function findLeaks(canaries: readonly Canary[], places: readonly Place[]): Leak[] {
  const plain = index(canaries.flatMap((canary) => foldedNeedles(canary)))
  const base64 = index(canaries.flatMap((canary) => base64Needles(canary)))
  // The same tenant id, key or sealed value lies in many places; each is decoded and looked through once.
  const known = new Map<string, ReadonlySet<string>>()
  const within = (layer: Buffer, depth: number): ReadonlySet<string> => {
    const text = layer.toString('latin1')
    const key = `${depth} ${text}`
    const before = known.get(key)
    if (before) return before
    const found = new Set<string>()
    known.set(key, found)
    for (const { canary } of scan(base64, text)) found.add(canary.what)
    for (const { canary } of scan(plain, text.toLowerCase())) found.add(canary.what)
    if (TOKEN.test(text)) found.add('a signed token')
    if (depth < DEEPEST)
      for (const inner of decodings(layer)) for (const what of within(inner, depth + 1)) found.add(what)
    return found
  }
  const leaks = new Map<string, Leak>()
  for (const { where, value } of places)
    for (const what of within(value, 0)) leaks.set(`${what} in ${where}`, { what, where })
  return [...leaks.values()]
}

/** Encodings inside encodings that are looked into. */
const DEEPEST = 4
const KEY = SHORTEST_CANARY

function index(needles: readonly Needle[]): Map<string, Needle[]> {
  const byStart = new Map<string, Needle[]>()
  for (const needle of needles) {
    if (needle.text.length < KEY) throw new Error(`${needle.canary.what} is too short to be looked for`)
    const start = needle.text.slice(0, KEY)
    byStart.set(start, [...(byStart.get(start) ?? []), needle])
  }
  return byStart
}

function* scan(needles: ReadonlyMap<string, Needle[]>, text: string): Generator<Needle> {
  for (let at = 0; at + KEY <= text.length; at++)
    for (const needle of needles.get(text.slice(at, at + KEY)) ?? [])
      if (text.startsWith(needle.text, at) && (!needle.whole || standsAlone(text, at, needle.text.length)))
        yield needle
}

function standsAlone(text: string, at: number, length: number): boolean {
  return !/[a-z0-9]/.test(text[at - 1] ?? '') && !/[a-z0-9]/.test(text[at + length] ?? '')
}

/** UTF-8 bytes as one character each, in lower case: as the places are read. */
function folded(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1').toLowerCase()
}

function foldedNeedles(canary: Canary): Needle[] {
  const { value } = canary
  const spelled = encodeURIComponent(value)
  const others = [
    Buffer.from(value).toString('hex'),
    percentEncoded(value),
    [...value].map((letter) => (letter.charCodeAt(0) < 128 ? letter : unicodeEscape(letter))).join(''),
    spelled,
    spelled.replaceAll('%20', '+'),
    encodeURIComponent(spelled),
  ].filter((text) => text !== value)
  return [
    { canary, text: folded(value), whole: true },
    ...[...new Set(others.map(folded))].map((text) => ({ canary, text, whole: false })),
  ]
}

/** What stands in base64 wherever the value begins: three alignments, less the characters that its neighbours share. */
function base64Needles(canary: Canary): Needle[] {
  const value = Buffer.from(canary.value)
  const texts = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), value]).toString('base64')
    return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + value.length) * 8) / 6))
  })
  const spellings = texts.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')])
  return [...new Set(spellings)].map((text) => ({ canary, text, whole: false }))
}
