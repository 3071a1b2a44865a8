import { createHash } from 'node:crypto'
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, constants as zlib } from 'node:zlib'

const DEEPEST = 4
/** Characters; a shorter run hides nothing that is long enough to be looked for. */
const SHORTEST_RUN = 8
const LARGEST = 1_000_000
const LENIENT = { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: LARGEST }

/**
 * A value and everything that can be decoded out of it: runs of base64, base64url and hex, percent-encoding, JSON's
 * escapes, gzip and deflate wherever they begin, Brotli; and again what these hold.
 */
export function decodedLayers(value: Buffer): Buffer[] {
  const seen = new Set<string>()
  const layers: Buffer[] = []
  const visit = (layer: Buffer, depth: number): void => {
    const hash = createHash('sha256').update(layer).digest('base64')
    if (layer.length === 0 || seen.has(hash)) return
    seen.add(hash)
    layers.push(layer)
    if (depth === DEEPEST) return
    for (const inner of [...decompressed(layer), ...decodedTexts(layer)]) visit(inner, depth + 1)
  }
  visit(value, 0)
  return layers
}

function* decompressed(data: Buffer): Generator<Buffer> {
  for (let at = 0; at + 2 < data.length; at++) {
    const [first = 0, second = 0] = data.subarray(at, at + 2)
    if (first === 0x1f && second === 0x8b) yield* attempt(() => gunzipSync(data.subarray(at), LENIENT))
    // RFC 1950, section 2.2: deflate with a window, and a check sum over both bytes.
    if ((first & 0x0f) === 8 && (first << 8) + second > 0 && ((first << 8) + second) % 31 === 0)
      yield* attempt(() => inflateSync(data.subarray(at), LENIENT))
  }
  yield* attempt(() => inflateRawSync(data, LENIENT))
  yield* attempt(() => brotliDecompressSync(data, { maxOutputLength: LARGEST }))
}

function* decodedTexts(data: Buffer): Generator<Buffer> {
  const text = data.toString('latin1')
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{8,}/g)) {
    // Where the run begins with something else, the encoded part begins up to three characters later.
    for (let skip = 0; skip < 4; skip++) yield Buffer.from(run.slice(skip), 'base64')
    for (const part of run.split(/[-_/+]/))
      if (part.length >= SHORTEST_RUN && /^(?:[0-9a-f]{2})+$/i.test(part)) yield Buffer.from(part, 'hex')
  }
  if (text.includes('%'))
    yield latin1(
      text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    )
  if (text.includes('\\')) yield latin1(text.replace(/\\([\\"/])/g, '$1'))
  if (text.includes('\\u'))
    yield Buffer.from(
      text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    )
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
