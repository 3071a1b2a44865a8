import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import { OutboundError } from './outbound-error.ts'

/**
 * Reads and decodes a body. The cap holds for what comes over the wire and for what it unpacks to, so that a small
 * answer cannot become a large one in memory.
 * @param maxBytes cap in bytes
 * @throws OutboundError outbound_too_large, outbound_encoding; or what the connection threw
 */
export async function readBody(
  response: IncomingMessage,
  host: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const decode = decoderOf(response.headers['content-encoding'], host)
  const packed = await readAll(response, host, maxBytes)
  // An empty answer may still name an encoding (201 and 412 do at some servers).
  return decode === undefined || packed.length === 0 ? packed : decode(packed, { maxOutputLength: maxBytes })
}

type Bytes = Buffer<ArrayBuffer>
type Decode = (packed: Bytes, options: { maxOutputLength: number }) => Promise<Bytes>

const asyncGunzip: Decode = promisify(gunzip)
const asyncBrotli: Decode = promisify(brotliDecompress)
const asyncInflate: Decode = promisify(inflate)
const asyncInflateRaw: Decode = promisify(inflateRaw)

/** "deflate" is the zlib format (RFC 9110 8.4.1.2); some servers send the bare one. */
const inflateEither: Decode = (packed, options) =>
  ((packed[0] ?? 0) & 0x0f) === 8 ? asyncInflate(packed, options) : asyncInflateRaw(packed, options)

const DECODERS: Readonly<Record<string, Decode | undefined>> = {
  gzip: asyncGunzip,
  'x-gzip': asyncGunzip,
  br: asyncBrotli,
  deflate: inflateEither,
}

function decoderOf(header: string | undefined, host: string): Decode | undefined {
  const encoding = (header ?? '').trim().toLowerCase()
  if (encoding === '' || encoding === 'identity') return undefined
  const decode = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined
  if (decode === undefined) throw new OutboundError('outbound_encoding', host)
  return decode
}

function readAll(response: IncomingMessage, host: string, maxBytes: number): Promise<Bytes> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) reject(new OutboundError('outbound_too_large', host))
      else chunks.push(chunk)
    })
    response.on('end', () => resolve(Buffer.concat(chunks)))
    response.on('error', reject)
    response.on('close', () => reject(new OutboundError('outbound_broken', host)))
  })
}
