import { afterAll, beforeAll, describe, vi } from 'vitest'
import { appSettings, sandboxKeys } from '../../sandbox/app-settings.ts'
import { isolationCases, type Route } from './portal/isolation.ts'
import { signInCases } from './portal/sign-in.ts'
import { type PortalWorld, startPortalWorld } from './portal/world.ts'

const registered = vi.hoisted(() => [] as { name: string; methods: string[]; route: string }[])

// Only what is registered is looked at; the app itself runs in its host.
vi.mock('@azure/functions', () => {
  const other = () => undefined
  const http = (name: string, options: { methods: string[]; route: string }) =>
    registered.push({ name, methods: options.methods, route: options.route })
  return { app: { http, timer: other, storageQueue: other, eventGrid: other } }
})

async function registeredRoutes(): Promise<Route[]> {
  const settings = appSettings({
    appUrl: 'http://localhost:7071',
    keys: await sandboxKeys(undefined),
    connectionString: 'UseDevelopmentStorage=true',
    caFile: '',
    entraAuthority: 'https://localhost:7075',
    graphUrl: 'https://localhost:7076',
    acsEndpoint: 'https://localhost:7077',
    teamsUrl: 'http://localhost:7078',
    allowedTenants: ['3f6c1d52-7b1e-4a8d-9c55-0a6b8f1e2d01'],
  })
  const { NODE_EXTRA_CA_CERTS: _own, ...others } = settings
  for (const [name, value] of Object.entries(others)) vi.stubEnv(name, value)
  await import('../../src/functions/index.ts')
  vi.unstubAllEnvs()
  return registered
}
const routes = await registeredRoutes()

let world: PortalWorld
beforeAll(async () => {
  world = await startPortalWorld()
})
afterAll(() => world?.close())

describe('signing in to the portal', () => signInCases(() => world))
describe('another tenant', () => isolationCases(() => world, routes))
