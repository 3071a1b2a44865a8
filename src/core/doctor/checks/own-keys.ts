import { z } from 'zod'
import { getDocument, jsonOf } from '../../smart/answer.ts'
import type { Check } from '../check.ts'
import { failed, pass } from '../line.ts'
import { silenceOf } from '../silence.ts'

const document = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) })

/** Our published JWKS, read as an EHR reads it: by the public address, and with the key that signs now. */
export const ownKeys: Check = {
  id: 'own_keys',
  after: [],
  async run({ ports }) {
    const url = `${ports.settings.PUBLIC_URL}/.well-known/jwks.json`
    const [answer, own] = await Promise.all([
      getDocument(url, 'application/json', ports.outbound),
      ports.smart.publicJwks(),
    ])
    const remedy = `EHRs read our keys at ${url}. Whoever runs this service can look at its address (PUBLIC_URL) and its firewall.`
    if (answer.kind === 'silent') return { ...silenceOf(answer.why, 'Our own address'), remedy }
    const parsed = document.safeParse(answer.status === 200 ? jsonOf(answer.text) : undefined)
    const published = new Set(parsed.success ? parsed.data.keys.map(({ kid }) => kid) : [])
    const missing = own.keys.filter(({ kid }) => !published.has(String(kid)))
    if (missing.length === 0) return pass('The published keys are the ones that we sign with.')
    return failed(
      'own_keys_differ',
      `What is published at our own address (status ${answer.status}) are not the keys that we sign with.`,
      remedy,
    )
  },
}
