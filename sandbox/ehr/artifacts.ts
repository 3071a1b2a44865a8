import type { Adapter, AdapterPayload } from 'oidc-provider'
import type { Now } from '../contracts.ts'
import { type Clients, clientMetadata } from './clients.ts'

const SECRETS = new Set(['AuthorizationCode', 'AccessToken', 'RefreshToken', 'ClientCredentials'])

type Entry = { readonly model: string; payload: AdapterPayload; readonly expiresAt: number }

/**
 * Codes, tokens, grants and replay marks of the authorization server, in memory. Lifetimes are counted on the
 * sandbox's clock, so that moving it ahead expires a code or a token. Clients come from the registrations.
 * @param issued receives every code and token as it is given out: their ids are what travels.
 */
export function createArtifacts(now: Now, clients: Clients, issued: string[]): (model: string) => Adapter {
  const entries = new Map<string, Entry>()

  return (model) => {
    const live = (id: string): AdapterPayload | undefined => {
      const entry = entries.get(`${model}:${id}`)
      return entry && entry.expiresAt > now().getTime() ? entry.payload : undefined
    }
    const by = (field: 'uid' | 'userCode', value: string) =>
      [...entries.values()].find((entry) => entry.model === model && entry.payload[field] === value)?.payload

    return {
      async upsert(id, payload, expiresIn) {
        if (SECRETS.has(model)) issued.push(id)
        const expiresAt = expiresIn ? now().getTime() + expiresIn * 1000 : Number.POSITIVE_INFINITY
        entries.set(`${model}:${id}`, { model, payload, expiresAt })
      },
      async find(id) {
        if (model !== 'Client') return live(id)
        const client = clients.find(id)
        return client && (clientMetadata(client) as AdapterPayload)
      },
      findByUid: async (uid) => by('uid', uid),
      findByUserCode: async (userCode) => by('userCode', userCode),
      async consume(id) {
        const payload = live(id)
        if (payload) payload.consumed = Math.floor(now().getTime() / 1000)
      },
      async destroy(id) {
        entries.delete(`${model}:${id}`)
      },
      async revokeByGrantId(grantId) {
        for (const [key, entry] of entries) {
          if (entry.payload.grantId === grantId) entries.delete(key)
        }
      },
    }
  }
}
