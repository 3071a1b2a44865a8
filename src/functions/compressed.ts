import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Answer } from './route.ts'

/**
 * The answer as small as the browser takes it: Functions on Linux compresses nothing by itself. Only for what mixes no
 * secret with what somebody else chose (BREACH): the patient's page repeats nothing of its request.
 * @param body text of the answer.
 */
export function compressed(answer: Answer, body: string, acceptEncoding: string | null): Answer {
  const [encoding, bytes] = encode(body, acceptEncoding ?? '')
  const headers = { ...(answer.headers as Record<string, string>), vary: 'accept-encoding' }
  return {
    ...answer,
    body: bytes,
    headers: encoding === undefined ? headers : { ...headers, 'content-encoding': encoding },
  }
}

function encode(body: string, accepted: string): ['br' | 'gzip' | undefined, Buffer] {
  if (/(^|[\s,])br\b(?!;q=0(\.0*)?($|,))/.test(accepted)) {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    }
    return ['br', brotliCompressSync(body, { params })]
  }
  if (/(^|[\s,])gzip\b(?!;q=0(\.0*)?($|,))/.test(accepted)) return ['gzip', gzipSync(body)]
  return [undefined, Buffer.from(body)]
}
