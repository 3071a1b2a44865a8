import type { HttpRequest } from '@azure/functions'
import { fail, ok, type Result } from '../core/result.ts'

/** The forms of clinicians and patients have a token and a few words. */
const MOST_BYTES = 16_384

/** The fields of a posted form (application/x-www-form-urlencoded); anything else has none of the fields we look for. */
export async function readForm(
  request: HttpRequest,
  mostBytes = MOST_BYTES,
): Promise<Result<URLSearchParams, 'form_too_large'>> {
  if (Number(request.headers.get('content-length')) > mostBytes) return fail('form_too_large')
  const text = await request.text()
  return text.length > mostBytes ? fail('form_too_large') : ok(new URLSearchParams(text))
}
