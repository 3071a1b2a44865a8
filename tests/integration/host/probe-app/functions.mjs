/**
 * One function per behaviour of the Functions host that the probes look at. Runs on any host: Microsoft's as well
 * (start it in this folder with AzureWebJobsStorage, PROBE_QUEUE and PROBE_SCHEDULE set, then give PROBE_URL).
 */
import { app } from '@azure/functions'

const echo = async (request) => ({
  jsonBody: {
    url: request.url,
    method: request.method,
    params: { ...request.params },
    query: Object.fromEntries(request.query),
    headers: Object.fromEntries(request.headers),
    body: await request.text(),
  },
})

const route = (name, template, methods = ['GET'], handler = echo) =>
  app.http(name, { route: template, methods, authLevel: 'anonymous', handler })

route('echo', 'echo', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
route('oneParam', 'items/{id}')
route('intParam', 'numbers/{n:int}')
route('optionalParam', 'maybe/{p?}')
route('catchAll', 'files/{*p}')
route('mixed', 'keys/{id}.json')
route('mixedCase', 'MixedCase/Path')
route('withHead', 'head', ['GET', 'HEAD'], async (request) => ({
  body: request.method,
  headers: { 'x-probe': 'head' },
}))
route('getOnly', 'get-only')
app.http('unnamedRoute', { methods: ['GET'], handler: echo })
route('reserved', 'admin/mine')

route('throws', 'throws', ['GET'], async () => {
  throw new Error('a probe error')
})
route('nothing', 'nothing', ['GET'], async () => undefined)
route('text', 'text', ['GET'], async () => 'only a string')
route('status', 'status', ['GET'], async () => ({
  status: 418,
  body: 'short',
  headers: { 'x-probe': 'yes' },
}))
route('bytes', 'bytes', ['GET'], async () => ({ body: new Uint8Array([0, 255, 10]) }))
route('cookies', 'cookies', ['GET'], async () => ({
  cookies: [
    { name: 'one', value: 'a b=', path: '/x', httpOnly: true, secure: true, sameSite: 'Lax', maxAge: 60 },
    { name: 'two', value: '2' },
  ],
}))
route('cookieHeaders', 'cookie-headers', ['GET'], async () => {
  const headers = new Headers()
  headers.append('set-cookie', 'first=1')
  headers.append('set-cookie', 'last=2')
  return { headers }
})
route('logs', 'logs/{secret}', ['GET', 'POST'], async (_request, context) => {
  context.log('a line of the app')
  context.debug('a debug line of the app')
  return { status: 204 }
})
app.http('quiet', {
  route: 'quiet',
  methods: ['GET'],
  handler: async (_request, context) => {
    context.log('a silenced line of the app')
    return { status: 204 }
  },
})
app.hook.preInvocation((context) => {
  if (context.invocationContext.functionName === 'hooked') context.inputs = ['from the hook']
})
app.hook.postInvocation((context) => {
  if (context.invocationContext.functionName === 'hookedError') {
    context.error = null
    context.result = { body: 'mended' }
  }
})
route('hooked', 'hooked', ['GET'], async (input) => ({ body: String(input) }))
route('hookedError', 'hooked-error', ['GET'], async () => {
  throw new Error('mended by a hook')
})

/** What the other triggers saw, read back by the tests. */
const seen = { queue: [], poison: [], timer: [], events: [] }
const gates = new Map()
route('seen', 'seen', ['GET'], async () => ({ jsonBody: seen }))
route('open', 'open/{gate}', ['POST'], async (request) => {
  gates.get(request.params.gate)?.()
  return { status: gates.delete(request.params.gate) ? 200 : 404 }
})
const wait = (gate) => new Promise((resolve) => gates.set(gate, resolve))

app.storageQueue('fromQueue', {
  queueName: '%PROBE_QUEUE%',
  connection: 'AzureWebJobsStorage',
  handler: async (entry, context) => {
    seen.queue.push({ entry, metadata: context.triggerMetadata })
    if (entry?.wait) await wait(entry.wait)
    if (entry?.untilStop)
      await new Promise((resolve) => process.once('SIGTERM', () => setTimeout(resolve, 300)))
    if (entry?.fail) throw new Error('a probe error')
  },
})
app.storageQueue('fromPoison', {
  queueName: '%PROBE_QUEUE%-poison',
  connection: 'AzureWebJobsStorage',
  handler: async (entry) => {
    seen.poison.push(entry)
  },
})
app.timer('onSchedule', {
  schedule: '%PROBE_SCHEDULE%',
  handler: async (timer) => {
    seen.timer.push(timer)
  },
})
app.timer('atStart', {
  schedule: '0 0 0 1 1 *',
  runOnStartup: true,
  handler: async (_timer, context) => {
    context.log('ran at start')
  },
})
app.eventGrid('onEvent', {
  handler: async (event) => {
    seen.events.push(event)
    if (event.data?.fail) throw new Error('a probe error')
  },
})
