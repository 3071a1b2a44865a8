import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import { certificateFor } from '../../../sandbox/certificates/authority.ts'
import { closeServer } from '../../../sandbox/close-server.ts'
import type { EntraTenant, EntraUser, VerifyToken } from '../../../sandbox/contracts.ts'
import { type GraphOptions, type GraphStandIn, startGraph } from '../../../sandbox/graph/graph.ts'

export const APP = '6b1f3a52-8a4e-4a6c-9a53-3d2f4d0f7c11'

function user(id: string, name: string, domain: string, more: Partial<EntraUser> = {}): EntraUser {
  const upn = `${name.toLowerCase().replace(' ', '.')}@${domain}`
  return {
    id,
    upn,
    displayName: name,
    mail: upn,
    wids: [],
    appRoles: [],
    enabled: true,
    teams: true,
    ...more,
  }
}

export const organizer = user('00000000-0000-4000-8000-000000000001', 'Visits One', 'contoso.test')
export const ana = user('00000000-0000-4000-8000-000000000002', 'Ana Silva', 'contoso.test')
export const ben = user('00000000-0000-4000-8000-000000000003', 'Ben Okafor', 'contoso.test', {
  teams: false,
})
export const gone = user('00000000-0000-4000-8000-000000000004', 'Gone Away', 'contoso.test', {
  enabled: false,
})
export const stranger = user('00000000-0000-4000-8000-000000000009', 'Sam Stranger', 'fabrikam.test')

/** Two organizations of synthetic people. */
export function tenants(): EntraTenant[] {
  return [
    {
      id: '10000000-0000-4000-8000-000000000000',
      displayName: 'Contoso Clinic',
      users: [organizer, ana, ben, gone],
      consented: new Set(),
    },
    {
      id: '20000000-0000-4000-8000-000000000000',
      displayName: 'Fabrikam',
      users: [stranger],
      consented: new Set(),
    },
  ]
}

/** A clock that stands still until a test moves it. */
export function stoppedClock(start = '2026-03-02T15:00:00.000Z') {
  let time = Date.parse(start)
  return {
    now: () => new Date(time),
    advance: (seconds: number) => {
      time += seconds * 1000
    },
  }
}

const ALL_PERMISSIONS = [
  'OnlineMeetings.ReadWrite.All',
  'OnlineMeetingArtifact.Read.All',
  'User.Read.All',
  'VirtualAppointment.Read.All',
  'Organization.Read.All',
]

/** A token that the fixture's `verify` takes; the real check is the Entra stand-in's. */
export function token(claims: { tid?: string; roles?: string[]; appid?: string } = {}): string {
  const full = { tid: tenants()[0]?.id, roles: ALL_PERMISSIONS, appid: APP, ...claims }
  return `good.${Buffer.from(JSON.stringify(full)).toString('base64url')}`
}

const verify: VerifyToken = async (text, audience) => {
  if (!text.startsWith('good.') || audience !== 'https://graph.microsoft.com') throw new Error('Not a token.')
  return JSON.parse(Buffer.from(text.slice(5), 'base64url').toString())
}

export async function graphFixture(more: Partial<GraphOptions> = {}) {
  const clock = stoppedClock()
  const certificate = await certificateFor(undefined)
  const graph = await startGraph({
    port: 0,
    certificate,
    now: clock.now,
    verify,
    tenants: tenants(),
    appId: APP,
    teamsUrl: 'http://localhost:7075',
    ...more,
  })
  graph.accessPolicy.add(organizer.id)
  return { graph, clock, certificate, ask: client(graph, certificate.ca) }
}

export type Asked = {
  readonly token?: string | undefined
  readonly body?: unknown
  readonly text?: string
  readonly headers?: Record<string, string>
}
// biome-ignore lint/suspicious/noExplicitAny: an answer's JSON is read member by member in assertions.
export type Answered = { status: number; headers: IncomingMessage['headers']; body: any }

/** Raw requests to the stand-in; `token: undefined` sends none. */
export function client(graph: Pick<GraphStandIn, 'baseUrl'>, ca: string) {
  return (method: string, path: string, asked: Asked = {}): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const bearer = 'token' in asked ? asked.token : token()
      const text = asked.text ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body))
      const sent = request(
        `${graph.baseUrl}${path}`,
        {
          method,
          ca,
          headers: {
            ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
            ...(text === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
            ...asked.headers,
          },
        },
        async (response) => {
          const parts: Buffer[] = []
          for await (const part of response as AsyncIterable<Buffer>) parts.push(part)
          const raw = Buffer.concat(parts).toString()
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: raw === '' ? undefined : JSON.parse(raw),
          })
        },
      )
      sent.on('error', reject)
      sent.end(text)
    })
}

export type Ask = ReturnType<typeof client>

/** A new meeting of the organizer. */
export async function newMeeting(ask: Ask, externalId: string, more: Record<string, unknown> = {}) {
  const answer = await ask('POST', `/v1.0/users/${organizer.id}/onlineMeetings/createOrGet`, {
    body: { externalId, subject: 'Video visit', ...more },
  })
  return answer.body as { id: string; joinWebUrl: string }
}

export type WebhookMode = 'obey' | 'silent' | 'error' | '202' | 'json' | 'encoded'

/** An application's webhook: answers the handshake and keeps what it is told. */
export async function webhook() {
  const received: { path: string; body: string }[] = []
  const hook = { mode: 'obey' as WebhookMode, received, url: '', close: async () => {} }
  const server = createServer(async (incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://localhost')
    const challenge = url.searchParams.get('validationToken')
    let body = ''
    for await (const part of incoming) body += part
    if (challenge !== null) {
      const type = hook.mode === 'json' ? 'application/json' : 'text/plain'
      response.writeHead(hook.mode === '202' ? 202 : 200, { 'content-type': type })
      response.end(hook.mode === 'encoded' ? encodeURIComponent(challenge) : challenge)
      return
    }
    received.push({ path: url.pathname, body })
    if (hook.mode === 'silent') return
    response.writeHead(hook.mode === 'error' ? 500 : 202).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  hook.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  hook.close = () => closeServer(server)
  return hook
}

/** An RSA certificate as an application makes it for rich notifications. */
export async function notificationCertificate() {
  const made = await generate([{ name: 'commonName', value: 'notifications' }], {
    keySize: 2048,
    algorithm: 'sha256',
  })
  const base64 = made.cert.replace(/-----[A-Z ]+-----|\s/g, '')
  return { base64, key: made.private }
}

/** A body of POST /beta/subscriptions that is taken as it is. */
export function subscriptionBody(joinWebUrl: string, hookUrl: string, certificate: string, now: Date) {
  return {
    changeType: 'updated',
    notificationUrl: `${hookUrl}/notifications`,
    lifecycleNotificationUrl: `${hookUrl}/lifecycle`,
    resource: `communications/onlineMeetings(joinWebUrl='${encodeURIComponent(joinWebUrl)}')/meetingCallEvents`,
    includeResourceData: true,
    encryptionCertificate: certificate,
    encryptionCertificateId: 'key-1',
    expirationDateTime: new Date(now.getTime() + 4 * 3_600_000).toISOString(),
    clientState: 'opaque',
  }
}
