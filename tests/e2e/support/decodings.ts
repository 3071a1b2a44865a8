import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, constants as zlib } from 'node:zlib'

/** Characters; in a shorter run no encoding of an encoding finds room. */
const SHORTEST_RUN = 12
/** Bytes; nothing compressed is shorter. */
const SHORTEST_COMPRESSED = 8
const LARGEST = 1_000_000
const LENIENT = { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: LARGEST }

/**
 * What can be decoded out of a value, one level deep: runs of base64, base64url and hex, percent-encoding, the escapes
 * of JSON, gzip and deflate wherever they begin, deflate without a header and Brotli where they are the whole.
 */
export function decodings(data: Buffer): Buffer[] {
  return [...decompressed(data), ...decodedTexts(data)]
}

function* decompressed(data: Buffer): Generator<Buffer> {
  if (data.length < SHORTEST_COMPRESSED) return
  for (let at = data.indexOf(0x1f); at >= 0; at = data.indexOf(0x1f, at + 1))
    if (data[at + 1] === 0x8b) yield* attempt(() => gunzipSync(data.subarray(at), LENIENT))
  for (let at = data.indexOf(0x78); at >= 0; at = data.indexOf(0x78, at + 1))
    if (isZlib(data, at)) yield* attempt(() => inflateSync(data.subarray(at), LENIENT))
  yield* attempt(() => inflateRawSync(data, LENIENT))
  yield* attempt(() => brotliDecompressSync(data, { maxOutputLength: LARGEST }))
}

/** RFC 1950, section 2.2: the usual window, no dictionary, and a check sum over both bytes. */
function isZlib(data: Buffer, at: number): boolean {
  const flags = data[at + 1] ?? 0
  return data[at] === 0x78 && (flags & 0x20) === 0 && (0x7800 + flags) % 31 === 0
}

const BASE64_RUN = new RegExp(`[A-Za-z0-9+/_-]{${SHORTEST_RUN},}`, 'g')
const HEX_RUN = new RegExp(`(?:[0-9A-Fa-f]{2}){${SHORTEST_RUN / 2},}`, 'g')

function* decodedTexts(data: Buffer): Generator<Buffer> {
  const text = data.toString('latin1')
  for (const [run] of text.matchAll(BASE64_RUN)) {
    yield Buffer.from(run, 'base64')
    // Where the run begins with something else, what is compressed begins up to three characters later.
    for (let skip = 1; skip < 4; skip++) {
      const decoded = Buffer.from(run.slice(skip), 'base64')
      if ((decoded[0] === 0x1f && decoded[1] === 0x8b) || isZlib(decoded, 0)) yield decoded
    }
  }
  for (const [run] of text.matchAll(HEX_RUN)) yield Buffer.from(run, 'hex')
  if (/%[0-9a-f]{2}/i.test(text)) yield latin1(text.replace(/%([0-9a-f]{2})/gi, (_, hex) => character(hex)))
  if (/\\[\\"/]/.test(text)) yield latin1(text.replace(/\\([\\"/])/g, '$1'))
  if (text.includes('\\u')) yield Buffer.from(text.replace(/\\u([0-9a-f]{4})/gi, (_, hex) => character(hex)))
}

function character(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16))
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

function* attempt(decode: () => Buffer): Generator<Buffer> {
  try {
    yield decode()
  } catch {
    // Not of this kind.
  }
}
