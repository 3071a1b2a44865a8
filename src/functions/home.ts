import { checkHealth, type Health } from '../core/health.ts'
import { page } from './page-response.ts'
import { route } from './route.ts'

route('home', 'READ', '/', async () => {
  const { homePage } = await import('../pages/home.tsx')
  return page(homePage({ healthUrl: '/health', portalUrl: '/portal' }))
})

/** Anybody may ask, and each look is five requests to others: one look serves everybody for so long. Milliseconds. */
const FRESH = 5_000
let last: { readonly at: number; readonly health: Promise<Health> } | undefined

/** 200 when everything answers, 503 when something does not; each dependency by name, nothing about tenants. */
route('health', 'READ', 'health', async ({ app }) => {
  const at = app.now().getTime()
  if (!last || Math.abs(at - last.at) > FRESH) last = { at, health: checkHealth(app) }
  const health = await last.health
  return { status: health.status === 'ok' ? 200 : 503, jsonBody: health }
})

/** The keys that EHRs check our client assertions with (SMART App Launch 2.2.0, "Registering a client"). */
route('jwks', 'READ', '.well-known/jwks.json', async ({ app }) => ({
  jsonBody: await app.smart.publicJwks(),
  headers: { 'cache-control': 'public, max-age=3600' },
}))
