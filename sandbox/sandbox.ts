import { fileURLToPath } from 'node:url'
import { senderStore } from '../src/core/senders/sender-store.ts'
import { siteStore } from '../src/core/sites/site-store.ts'
import { tenantStore } from '../src/core/sites/tenant-store.ts'
import { NOT_YET } from '../src/core/sites/version.ts'
import { createStorage, type StorageClients, type Store, store } from '../src/core/store/store.ts'
import { type AcsStandIn, SANDBOX_EMAIL_SENDER, startAcs } from './acs/acs.ts'
import { appSettings, ENTRA_CLIENT_ID, publicHalf, type SandboxKeys, sandboxKeys } from './app-settings.ts'
import { type Azurite, startAzurite } from './azurite.ts'
import { certificateFor } from './certificates/authority.ts'
import { type ClockWithFollowers, createClock } from './clock/clock.ts'
import { startConsole } from './console/console.ts'
import type { Teams } from './contracts.ts'
import { CLINIC_TENANT, WOODGROVE_TENANT } from './ehr/addresses.ts'
import { type SandboxEhr, startEhrs } from './ehr/ehr.ts'
import { type EntraStandIn, startEntra } from './entra/entra.ts'
import { NORTHWIND_HEALTH, WOODGROVE_CLINICS } from './entra/tenants.ts'
import { type GraphStandIn, startGraph } from './graph/graph.ts'
import { type SpawnedHost, spawnHost } from './host/spawn.ts'
import {
  northwindClients,
  northwindNumber,
  northwindSite,
  northwindTenant,
  setUpNorthwind,
} from './northwind.ts'
import { freePort, type Ports } from './ports.ts'
import { type TeamsShell, teamsShell } from './powershell/shell.ts'
import { localStorageClients } from './storage.ts'
import { startTeams } from './teams/teams.ts'

export type SandboxOptions = {
  readonly ports: Ports
  /** Where keys and certificates are kept between starts; absent = nothing outlives this run. Storage never does: the
   * EHR's day begins anew with each start. */
  readonly dir?: string
  /** The folder with host.json and the built bundle. */
  readonly appRoot?: string
  /** The instant to begin at, for tests; absent = the real time. */
  readonly startAt?: Date
  /** Settings of the app besides, or instead of, the sandbox's own. */
  readonly settings?: Readonly<Record<string, string>>
  readonly onLog?: (line: string) => void
  /** Whether the clinic sends e-mails too, to whoever has an address. */
  readonly emails?: boolean
}

/** Everything that runs, with the handles that the console, the story and the tests reach for. */
export type Sandbox = {
  readonly clock: ClockWithFollowers
  readonly azurite: Azurite
  readonly storage: StorageClients
  readonly store: Store
  readonly keys: SandboxKeys
  readonly settings: Readonly<Record<string, string>>
  readonly entra: EntraStandIn
  readonly graph: GraphStandIn
  readonly teams: Teams
  readonly acs: AcsStandIn
  readonly shell: TeamsShell
  readonly ehr: SandboxEhr
  /** The EHR of the second clinic, Woodgrove: nothing of it is set up in the app. */
  readonly woodgroveEhr: SandboxEhr
  readonly host: SpawnedHost
  readonly appUrl: string
  readonly consoleUrl: string
  close(): Promise<void>
}

/** infra/events.bicep subscribes the same. */
const EVENTS = {
  smsEvents: ['Microsoft.Communication.SMSDeliveryReportReceived', 'Microsoft.Communication.SMSReceived'],
  emailEvents: ['Microsoft.Communication.EmailDeliveryReportReceived'],
}

/** Starts the whole sandbox: storage, stand-ins, the configured clinic, the functions host, the console. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const opened: { close(): Promise<unknown> }[] = []
  const keep = <T extends { close(): Promise<unknown> }>(part: T): T => {
    opened.unshift(part)
    return part
  }
  const close = async () => {
    for (const part of opened.splice(0)) await part.close()
  }
  try {
    return { ...(await startParts(options, keep)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function startParts(
  options: SandboxOptions,
  keep: <T extends { close(): Promise<unknown> }>(part: T) => T,
): Promise<Omit<Sandbox, 'close'>> {
  const { ports, dir } = options
  const clock = createClock()
  // Before the clock moves: TLS goes by the machine's own time.
  const certificate = await certificateFor(dir && `${dir}/certificates`)
  if (options.startAt) await clock.advance(options.startAt.getTime() - clock.now().getTime())
  const { now } = clock
  const [azurite, keys] = await Promise.all([
    startAzurite({
      ports: { blob: ports.blob, queue: ports.queue, table: ports.table },
      clock,
    }).then(keep),
    sandboxKeys(dir),
  ])
  const entra = keep(
    await startEntra({ httpsPort: ports.entra, httpPort: ports.entraSignIn, certificate, now }),
  )
  const shell = teamsShell({ tenants: entra.tenants, appId: ENTRA_CLIENT_ID, now })
  const teamsPort = ports.teams || (await freePort())
  const graph = keep(
    await startGraph({
      port: ports.graph,
      certificate,
      now,
      verify: entra.verify,
      tenants: entra.tenants,
      appId: ENTRA_CLIENT_ID,
      teamsUrl: `http://localhost:${teamsPort}`,
      signWithEntra: entra.sign,
      accessPolicy: shell.accessPolicy,
    }),
  )
  const users = (tenantId: string, userId: string) => {
    const tenant = entra.tenants.find(({ id }) => id === tenantId)
    return tenant?.users.find(({ id }) => id === userId)
  }
  const teams = keep(
    await startTeams({
      port: teamsPort,
      now,
      graph,
      accountOf: entra.accountOf,
      users,
      anonymousJoin: shell.anonymousJoin,
    }),
  )
  const acs = keep(await startAcs({ port: ports.acs, certificate, now, verify: entra.verify }))
  const { customers } = keep(
    await startEhrs({ port: ports.ehr, now }, [
      { ehrTenant: CLINIC_TENANT, seed: 'clinic' },
      { ehrTenant: WOODGROVE_TENANT, seed: 'woodgrove' },
    ]),
  )
  const [ehr, woodgroveEhr] = customers
  if (!ehr || !woodgroveEhr) throw new Error('The EHR did not start with both clinics.')

  const appPort = ports.app || (await freePort())
  const appUrl = `http://localhost:${appPort}`
  const storage = localStorageClients(azurite.connectionString)
  const tables = store(storage)
  await createStorage(storage)
  entra.register({
    clientId: ENTRA_CLIENT_ID,
    redirectUris: ['/signin/callback', '/portal/signin', '/portal/consent'].map((path) => `${appUrl}${path}`),
    assertionJwks: { keys: [publicHalf(keys.entraAssertionKey) as Record<string, unknown>] },
  })
  for (const client of northwindClients(appUrl)) ehr.register(client)
  const site = northwindSite(ehr)
  setUpNorthwind(shell, site.organizers)
  const sites = siteStore(tables)
  await tenantStore(tables).save(northwindTenant(site, clock.now()), NOT_YET)
  await northwindNumber(senderStore(tables, sites, clock.now))
  const emails = { on: true, sender: SANDBOX_EMAIL_SENDER, since: clock.now().toISOString() }
  const saved = await sites.save(options.emails ? { ...site, emails } : site)
  if (!saved.ok) throw new Error(`The sandbox's clinic could not be saved: ${saved.failure.code}.`)

  const settings = {
    ...appSettings({
      appUrl,
      keys,
      connectionString: azurite.connectionString,
      caFile: certificate.caFile,
      entraAuthority: entra.authority,
      graphUrl: graph.baseUrl,
      acsEndpoint: acs.endpoint,
      teamsUrl: teams.url,
      allowedTenants: [NORTHWIND_HEALTH, WOODGROVE_CLINICS],
    }),
    ...options.settings,
  }
  const host = keep(
    await spawnHost({
      appRoot: options.appRoot ?? fileURLToPath(new URL('..', import.meta.url)),
      port: appPort,
      env: settings,
      clock,
      ...(options.onLog ? { onLog: options.onLog } : {}),
    }),
  )
  for (const [name, events] of Object.entries(EVENTS))
    await acs.subscribe(events, `${host.url}/runtime/webhooks/EventGrid?functionName=${name}`)
  const parts = { appUrl, ehr, entra, graph, teams, acs, shell, clock }
  const clinics = [
    {
      id: 'northwind',
      name: 'Northwind Health',
      timeZone: 'America/Chicago',
      ehr,
      tenantId: NORTHWIND_HEALTH,
    },
    {
      id: 'woodgrove',
      name: 'Woodgrove Clinics',
      timeZone: 'America/Denver',
      ehr: woodgroveEhr,
      tenantId: WOODGROVE_CLINICS,
    },
  ]
  const console = keep(await startConsole({ port: ports.console, parts: { ...parts, clinics } }))
  return {
    ...parts,
    woodgroveEhr,
    azurite,
    storage,
    store: tables,
    keys,
    settings,
    host,
    consoleUrl: console.url,
  }
}
