import { checkHealth } from '../core/health.ts'
import { page } from './page-response.ts'
import { https, route } from './route.ts'

route('home', 'GET', '/', async () => {
  const { homePage } = await import('../pages/home.tsx')
  return page(homePage({ healthUrl: '/health' }), https)
})

/** 200 when everything answers, 503 when something does not; each dependency by name, nothing about tenants. */
route('health', 'GET', 'health', async ({ app }) => {
  const health = await checkHealth(app)
  return { status: health.status === 'ok' ? 200 : 503, jsonBody: health }
})

/** The keys that EHRs check our client assertions with (SMART App Launch 2.2.0, "Registering a client"). */
route('jwks', 'GET', '.well-known/jwks.json', async ({ app }) => ({
  jsonBody: await app.smart.publicJwks(),
  headers: { 'cache-control': 'public, max-age=3600' },
}))
