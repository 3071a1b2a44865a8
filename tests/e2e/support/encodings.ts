import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

/** A text in one of the spellings in which software writes texts down. */
export type Encoding = { readonly name: string; readonly encode: (text: string) => string }

const bytes = (text: string) => Buffer.from(text, 'utf8')
const base64url = (data: Buffer) => data.toString('base64url')
const around = (text: string) => `{"name":${JSON.stringify(text)},"more":"of something else"}`

/** Every spelling that the search must see through; each is planted in every place by the positive control. */
export const ENCODINGS: readonly Encoding[] = [
  { name: 'as it is', encode: (text) => text },
  { name: 'in capitals', encode: (text) => text.toUpperCase() },
  { name: 'inside JSON', encode: around },
  { name: 'with escapes of JSON', encode: jsonEscaped },
  { name: 'percent-encoded', encode: encodeURIComponent },
  { name: 'percent-encoded twice', encode: (text) => encodeURIComponent(encodeURIComponent(text)) },
  { name: 'percent-encoded in full', encode: percentEncoded },
  { name: 'as a form field', encode: (text) => new URLSearchParams({ q: text }).toString() },
  { name: 'in base64', encode: (text) => bytes(text).toString('base64') },
  { name: 'in base64, one byte in', encode: (text) => bytes(`-${text}--`).toString('base64') },
  { name: 'in base64, two bytes in', encode: (text) => bytes(`--${text}-`).toString('base64') },
  { name: 'in base64url', encode: (text) => base64url(bytes(`ÿþ${text}`)) },
  {
    name: 'in base64 of base64',
    encode: (text) => bytes(bytes(text).toString('base64')).toString('base64'),
  },
  { name: 'in hex', encode: (text) => bytes(text).toString('hex') },
  { name: 'in hex, in capitals', encode: (text) => bytes(text).toString('hex').toUpperCase() },
  { name: 'gzipped, in base64', encode: (text) => gzipSync(around(text)).toString('base64') },
  { name: 'deflated, in base64url', encode: (text) => base64url(deflateSync(around(text))) },
  {
    name: 'deflated without a header, in base64url',
    encode: (text) => base64url(deflateRawSync(around(text))),
  },
  {
    name: 'compressed by Brotli, in base64',
    encode: (text) => brotliCompressSync(around(text)).toString('base64'),
  },
  { name: 'gzipped, in hex', encode: (text) => gzipSync(around(text)).toString('hex') },
]

/** Every character as `\uXXXX`, as some writers of JSON spell what is not ASCII. */
function jsonEscaped(text: string): string {
  return [...text].map((letter) => unicodeEscape(letter)).join('')
}

/** One character as JSON may spell it: a UTF-16 unit or a pair of them. */
export function unicodeEscape(letter: string): string {
  const units = Array.from({ length: letter.length }, (_, at) => letter.charCodeAt(at))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}

/** Every byte as `%XX`. */
export function percentEncoded(text: string): string {
  return [...bytes(text)].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('')
}
