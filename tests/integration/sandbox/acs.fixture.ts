import { once } from 'node:events'
import { createServer } from 'node:http'
import { request } from 'node:https'
import type { TokenCredential } from '@azure/core-auth'
import { generate } from 'selfsigned'
import { type AcsStandIn, startAcs } from '../../../sandbox/acs/acs.ts'
import { closeServer } from '../../../sandbox/close-server.ts'
import type { Certificate } from '../../../sandbox/contracts.ts'

export const patient = '+12065550101'

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

export async function throwAwayCertificate(): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  return { key: made.private, cert: made.cert, ca: made.cert }
}

export const credential: TokenCredential = {
  getToken: async () => ({ token: 'good', expiresOnTimestamp: Date.now() + 3_600_000 }),
}

export type Fixture = {
  readonly acs: AcsStandIn
  readonly clock: ReturnType<typeof stoppedClock>
  readonly certificate: Certificate
  raw(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Raw>
}
export type Raw = { status: number; headers: Record<string, unknown>; body: unknown }

let certificate: Promise<Certificate> | undefined

/** A fresh stand-in that takes the token "good" for the right audience. */
export async function startFixture(): Promise<Fixture> {
  certificate ??= throwAwayCertificate()
  const made = await certificate
  const clock = stoppedClock()
  const acs = await startAcs({
    port: 0,
    certificate: made,
    now: clock.now,
    verify: async (token, audience) => {
      if (token !== 'good' || audience !== 'https://communication.azure.com') throw new Error('bad token')
      return {}
    },
    eventRetryMs: [1, 1, 1],
  })
  return {
    acs,
    clock,
    certificate: made,
    raw: (method, path, body, headers) => rawRequest(acs.endpoint, made.ca, method, path, body, headers),
  }
}

function rawRequest(
  endpoint: string,
  ca: string,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${endpoint}${path}`,
      {
        method,
        ca,
        agent: false,
        headers: { authorization: 'Bearer good', 'content-type': 'application/json', ...headers },
      },
      async (response) => {
        let text = ''
        for await (const chunk of response) text += chunk
        const status = response.statusCode ?? 0
        resolve({ status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) })
      },
    )
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body))
  })
}

export type Received = { type: string; eventType: string; id: string; data: Record<string, unknown> }

/** A webhook that proves itself and keeps every event; `answers` gives the statuses of the next requests. */
export async function startWebhook(options: { echo?: (code: unknown) => unknown } = {}) {
  const received: Received[] = []
  const answers: number[] = []
  const waiting: (() => void)[] = []
  const server = createServer(async (incoming, response) => {
    let text = ''
    for await (const chunk of incoming) text += chunk
    const event = JSON.parse(text)[0]
    const type = String(incoming.headers['aeg-event-type'])
    if (type === 'SubscriptionValidation') {
      const code = (options.echo ?? ((given) => given))(event.data.validationCode)
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ validationResponse: code }))
      return
    }
    received.push({ type, eventType: event.eventType, id: event.id, data: event.data })
    response.writeHead(answers.shift() ?? 200).end()
    for (const wake of waiting.splice(0)) wake()
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://localhost:${port}/hook`,
    received,
    answers,
    /** Resolves when `count` events have come; the test's own time limit bounds it. */
    async arrived(count: number): Promise<Received[]> {
      while (received.length < count) await new Promise<void>((resolve) => waiting.push(resolve))
      return received
    },
    close: () => closeServer(server),
  }
}
