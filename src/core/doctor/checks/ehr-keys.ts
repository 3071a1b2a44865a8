import { z } from 'zod'
import { getDocument, jsonOf } from '../../smart/answer.ts'
import type { Check } from '../check.ts'
import { failed, pass } from '../line.ts'
import { silenceOf } from '../silence.ts'

const document = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) })

/** The keys that an id_token of a launch is verified with (OpenID Connect Discovery 1.0, jwks_uri). */
export const ehrKeys: Check = {
  id: 'ehr_keys',
  after: ['smart_configuration', 'pkce'],
  async run({ ports, facts }) {
    const uri = facts.configuration?.jwksUri
    if (uri === undefined) {
      return failed(
        'smart_keys_missing',
        'The server names no address of its signing keys (jwks_uri).',
        'Ask the EHR team; without the keys nobody’s sign-in can be verified.',
      )
    }
    const answer = await getDocument(uri, 'application/jwk-set+json, application/json', ports.outbound)
    if (answer.kind === 'silent') return silenceOf(answer.why, 'The address of its keys')
    const parsed = document.safeParse(answer.status === 200 ? jsonOf(answer.text) : undefined)
    const usable = parsed.success
      ? parsed.data.keys.filter((key) => ['RSA', 'EC'].includes(key.kty) && !('d' in key))
      : []
    if (usable.length > 0)
      return pass(`${usable.length} signing ${usable.length === 1 ? 'key' : 'keys'} read.`)
    return failed(
      'smart_keys_unreachable',
      `The address of its keys answered with status ${answer.status} and no usable key.`,
      'Ask the EHR team to mend jwks_uri; without the keys nobody’s sign-in can be verified.',
    )
  },
}
