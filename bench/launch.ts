import '../tests/setup/cross-fetch-alias.ts'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { type SandboxEhr, startEhr } from '../sandbox/ehr/ehr.ts'
import { northwindSite } from '../sandbox/northwind.ts'
import { useFetch } from '../src/core/http/cross-fetch.ts'
import type { Site } from '../src/core/sites/site.ts'
import { startOwnApp } from './launch/own-app.ts'
import { startPlainApp } from './launch/plain-app.mjs'
import type { BenchResult } from './measuring/result.ts'

export const about =
  'own time of a SMART launch and its callback against fhirclient on express, same EHR, by turns (ratio = theirs / ours)'

const ROUNDS = 1_000
const WARM_UP = 500
const SIDES = ['own', 'plain', 'verifying'] as const
const SCOPE = 'launch openid fhirUser user/Appointment.read user/Patient.read'

/**
 * `ratio` = their time / ours at p50, launch and callback together: 1 is as fast, more is faster. Own time is what a
 * browser waits for less what the EHR took. Ours verifies the id_token, uses the state up and keeps its session sealed
 * in the browser; theirs does none of it. `ratioVerifying`: theirs with the id_token verified by jose, nothing more.
 */
export async function bench(): Promise<BenchResult> {
  const ehr = await startEhr({ port: 0, now: () => new Date() })
  const stopwatch = ehrTime(new URL(ehr.fhirBaseUrl).port)
  useFetch(fetch)
  const site = northwindSite(ehr)
  const smart = {
    clientId: 'own',
    clientAuth: { method: 'none' } as const,
    scopes: SCOPE,
    allowedIssuers: site.allowedIssuers,
    allowCapabilityFallback: false,
  }
  const [own, plain, verifying] = await Promise.all([
    startOwnApp(site, smart),
    startPlainApp({ clientId: 'plain', scope: SCOPE }),
    startPlainApp({ clientId: 'verifying', scope: SCOPE, verify: await verification(ehr, site) }),
  ])
  const sides = { own, plain, verifying }
  for (const side of SIDES) {
    const { url } = sides[side]
    ehr.register({
      clientId: side,
      kind: 'public',
      redirectUris: [`${url}/callback`],
      scope: SCOPE,
      grants: ['authorization_code'],
    })
  }
  const times = { own: newTimes(), plain: newTimes(), verifying: newTimes() }
  try {
    for (let round = -WARM_UP; round < ROUNDS; round++)
      for (const side of round % 2 ? SIDES : SIDES.toReversed()) {
        const taken = await launchOnce(ehr, sides[side].url, stopwatch)
        if (round < 0) continue
        times[side].launch.push(taken.launch)
        times[side].callback.push(taken.callback)
      }
  } finally {
    await Promise.all([own.close(), plain.close(), verifying.close()])
    await ehr.close()
  }
  const [ours, baseline] = [both(times.own, 0.5), both(times.plain, 0.5)]
  const p99 = { ours: both(times.own, 0.99), baseline: both(times.plain, 0.99) }
  return {
    ours,
    baseline,
    ratio: baseline / ours,
    unit: 'ms',
    ratioP99: p99.baseline / p99.ours,
    ratioVerifying: both(times.verifying, 0.5) / ours,
    launchP50: SIDES.map((side) => short(at(times[side].launch, 0.5))),
    callbackP50: SIDES.map((side) => short(at(times[side].callback, 0.5))),
    launchP99: SIDES.map((side) => short(at(times[side].launch, 0.99))),
    callbackP99: SIDES.map((side) => short(at(times[side].callback, 0.99))),
    rounds: ROUNDS,
  }
}

async function verification(ehr: SandboxEhr, site: Site) {
  const document = await fetch(`${ehr.fhirBaseUrl}/.well-known/smart-configuration`)
  const { issuer, jwks_uri } = (await document.json()) as { issuer: string; jwks_uri: string }
  return { issuer: [issuer, ...site.allowedIssuers], jwksUri: jwks_uri }
}

type Times = { readonly launch: number[]; readonly callback: number[] }
const newTimes = (): Times => ({ launch: [], callback: [] })
const both = (times: Times, part: number) => at(times.launch, part) + at(times.callback, part)
const short = (value: number) => Number(value.toPrecision(4))

function at(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

type Stopwatch = { take(): number }

/** Milliseconds that the EHR spent on requests since the last look: they come one after the other. */
function ehrTime(port: string): Stopwatch {
  let spent = 0
  const began = new WeakMap<IncomingMessage, number>()
  const ofEhr = ({ socket }: IncomingMessage) => String(socket.localPort) === port
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    if (ofEhr(request)) began.set(request, performance.now())
  })
  subscribe('http.server.response.finish', (message) => {
    const { request } = message as { request: IncomingMessage }
    const start = began.get(request)
    if (start !== undefined) spent += performance.now() - start
  })
  return {
    take() {
      const taken = spent
      spent = 0
      return taken
    },
  }
}

/** One launch as a browser makes it: the app, the EHR's sign-in, the app again. */
async function launchOnce(ehr: SandboxEhr, app: string, stopwatch: Stopwatch) {
  const row = ehr.board().find(({ video, status }) => video && status === 'booked')
  const { practitionerId = '', appointmentId = '' } = row ?? {}
  const url = ehr.launchUrl(`${app}/launch`, { practitionerId, appointmentId }, 'appointment')
  const begun = await timed(() => get(url), stopwatch)
  let next = location(begun.answer)
  for (let hops = 0; hops < 5 && !next.startsWith(app); hops++) next = location(await get(next))
  stopwatch.take()
  const cookie = begun.answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ')
  const finished = await timed(() => get(next, cookie), stopwatch)
  if (finished.answer.status !== 303 && finished.answer.status !== 302)
    throw new Error(`a callback was answered ${finished.answer.status}: ${await finished.answer.text()}`)
  return { launch: begun.own, callback: finished.own }
}

async function timed(send: () => Promise<Response>, stopwatch: Stopwatch) {
  stopwatch.take()
  const began = performance.now()
  const answer = await send()
  return { answer, own: performance.now() - began - stopwatch.take() }
}

function get(url: string, cookie?: string): Promise<Response> {
  return fetch(url, { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } })
}

function location(answer: Response): string {
  const to = answer.headers.get('location')
  if (!to) throw new Error(`a launch was answered ${answer.status}`)
  return new URL(to, answer.url).href
}
