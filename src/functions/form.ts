import type { HttpRequest } from '@azure/functions'
import { fail, ok, type Result } from '../core/result.ts'

/** Our largest form has a token and a few words. */
const MOST_BYTES = 16_384

/** The fields of a posted form (application/x-www-form-urlencoded); anything else has none of the fields we look for. */
export async function readForm(request: HttpRequest): Promise<Result<URLSearchParams, 'form_too_large'>> {
  if (Number(request.headers.get('content-length')) > MOST_BYTES) return fail('form_too_large')
  const text = await request.text()
  return text.length > MOST_BYTES ? fail('form_too_large') : ok(new URLSearchParams(text))
}
