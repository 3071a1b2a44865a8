import { TableClient } from '@azure/data-tables'
import type { TokenCredential } from '@azure/identity'
import { QueueClient } from '@azure/storage-queue'
import type { JWTVerifyGetKey } from 'jose'
import { type Assertion, assertionSource } from './accounts/assertion.ts'
import { type Credentials, credentials } from './accounts/credential.ts'
import { type Mappings, mappings } from './accounts/mapping.ts'
import { createSignIn, type SignIn } from './accounts/sign-in.ts'
import type { Settings } from './config.ts'
import { type EhrConnections, ehrConnections } from './ehr/connect.ts'
import { useFetch } from './http/cross-fetch.ts'
import { parseOutboundPolicy } from './http/outbound-policy.ts'
import { createSafeFetch } from './http/safe-fetch.ts'
import { type IdentityKeys, identityKeys } from './keys/identity.ts'
import { type KeyRing, keyRing } from './keys/key-ring.ts'
import type { Graph } from './meetings/graph.ts'
import { type NotificationKeys, notificationKeys } from './meetings/roster/notification-keys.ts'
import { entraKeys } from './meetings/roster/sender-tokens.ts'
import type { SendEmail } from './messaging/email/send-email.ts'
import { type NumberBook, numberBook } from './messaging/numbers.ts'
import type { SendText } from './messaging/sms.ts'
import { lazily, once } from './once.ts'
import { type OrderStore, orderStore } from './senders/order-store.ts'
import type { PhoneNumbers } from './senders/phone-numbers.ts'
import { type SenderStore, senderStore } from './senders/sender-store.ts'
import { type CheckStore, checkStore } from './setup/check-store.ts'
import { type History, history } from './sites/history.ts'
import type { Site } from './sites/site.ts'
import { type SiteStore, siteStore } from './sites/site-store.ts'
import { assertionKey, smartSite } from './sites/smart-site.ts'
import { type TenantStore, tenantStore } from './sites/tenant-store.ts'
import { type BackendTokens, createBackendTokens } from './smart/backend-token.ts'
import { createDiscoveryCache, type DiscoveryCache } from './smart/discovery.ts'
import { createJwksCache, type JwksCache } from './smart/jwks.ts'
import { type PublicJwks, publicJwks } from './smart/public-jwks.ts'
import type { Outbound, SmartSite } from './smart/types.ts'
import { type StorageClients, type Store, store } from './store/store.ts'
import { type VisitSeals, visitSeals } from './visits/visit.ts'
import { type VisitStore, visitStore } from './visits/visit-store.ts'

/** Everything that the functions stand on, made once a process. The only place where SDK clients are built. */
export type App = EhrConnections & {
  readonly settings: Settings
  readonly now: () => Date
  readonly store: Store
  readonly storage: StorageClients
  readonly keys: {
    readonly identity: IdentityKeys
    readonly field: KeyRing
    readonly link: KeyRing
    readonly session: KeyRing
  }
  /** Undefined where no certificate is set: then Graph is not asked to tell who waits. */
  readonly notificationKeys: () => NotificationKeys | undefined
  readonly entraKeys: () => JWTVerifyGetKey
  readonly outbound: Outbound
  readonly sites: SiteStore
  readonly tenants: TenantStore
  readonly history: History
  /** What texts come from, and the purchase of more. */
  readonly senders: SenderStore
  readonly orders: OrderStore
  readonly phoneNumbers: () => Promise<PhoneNumbers>
  /** What the setup found out when it really tried. */
  readonly checks: CheckStore
  readonly site: (tenantId: string, siteId: string) => Promise<Site | undefined>
  readonly visits: VisitStore
  readonly seals: VisitSeals
  readonly mappings: Mappings
  readonly smart: {
    readonly discovery: DiscoveryCache
    readonly jwks: JwksCache
    readonly tokens: BackendTokens
    readonly site: (site: Site) => Promise<SmartSite>
    readonly publicJwks: () => Promise<PublicJwks>
  }
  readonly signIn: SignIn
  /** The same for the portal, which has an address of its own to come back to. */
  readonly portalSignIn: SignIn
  readonly linkUrl: string
  readonly graph: (tenantId: string) => Promise<Graph>
  /** A credential of our application in a tenant that has no token yet; Graph is called with it from then on. */
  readonly renewedCredential: (tenantId: string) => Promise<TokenCredential>
  readonly sendText: () => Promise<SendText>
  readonly numbers: NumberBook
  readonly sendEmail: () => Promise<SendEmail>
}

export async function createApp(settings: Settings, now: () => Date = () => new Date()): Promise<App> {
  const assertion = assertionSource(settings, now)
  const entra = credentials(settings, assertion)
  const storage = await storageClients(settings, entra)
  const tables = store(storage)
  const keys = {
    identity: identityKeys(settings.STAMP_SECRET),
    field: keyRing(settings.FIELD_KEY, settings.FIELD_KEY_PREVIOUS),
    link: keyRing(settings.LINK_KEY, settings.LINK_KEY_PREVIOUS),
    session: keyRing(settings.SESSION_KEY, settings.SESSION_KEY_PREVIOUS),
  }
  const outbound = outboundOf(settings)
  useFetch(outbound.fetch)
  const sites = siteStore(tables, now)
  const smart = smartParts(settings, keys.field)
  const connections = ehrConnections({ sites, smart, outbound, now })
  return {
    settings,
    now,
    store: tables,
    storage,
    keys,
    notificationKeys: lazily(() => {
      const { GRAPH_NOTIFICATION_CERTIFICATE: current, GRAPH_NOTIFICATION_CERTIFICATE_PREVIOUS: previous } =
        settings
      return current ? notificationKeys(current, previous) : undefined
    }),
    entraKeys: lazily(() => entraKeys(settings.ENTRA_AUTHORITY)),
    outbound,
    sites,
    tenants: tenantStore(tables),
    history: history(tables, now),
    senders: senderStore(tables, sites, now),
    orders: orderStore(tables),
    phoneNumbers: once(() => phoneNumbersOf(settings, entra)),
    checks: checkStore(tables, now),
    site: sites.get,
    visits: visitStore(tables, keys.link, settings.VISIT_ERASE_DAYS),
    seals: visitSeals(keys.field),
    mappings: mappings(tables),
    smart,
    signIn: signInOf(settings, assertion, now, '/signin/callback'),
    portalSignIn: signInOf(settings, assertion, now, '/portal/signin'),
    linkUrl: settings.LINK_URL ?? settings.PUBLIC_URL,
    ...connections,
    graph: graphOf(settings, entra, now),
    renewedCredential: entra.renewed,
    numbers: numberBook(keys.identity),
    sendText: once(() => textSenderOf(settings, entra)),
    sendEmail: once(() => emailSenderOf(settings, entra)),
  }
}

function outboundOf(settings: Settings): Outbound {
  const development = settings.ENVIRONMENT === 'development'
  const policy = parseOutboundPolicy(settings.OUTBOUND_ALLOW, { allowHttpLoopback: development })
  if (!policy.ok) throw new Error('OUTBOUND_ALLOW was checked when the settings were parsed')
  return { fetch: createSafeFetch(policy.value), allowHttp: development }
}

function smartParts(settings: Settings, fieldKeys: KeyRing): App['smart'] {
  const current = once(() => assertionKey(settings.CLIENT_ASSERTION_KEY))
  const previous = settings.CLIENT_ASSERTION_KEY_PREVIOUS
  return {
    discovery: createDiscoveryCache(),
    jwks: createJwksCache(),
    tokens: createBackendTokens(),
    site: async (site) => smartSite(site, await current(), fieldKeys),
    publicJwks: async () => publicJwks(await current(), previous ? await assertionKey(previous) : undefined),
  }
}

function signInOf(settings: Settings, assertion: Assertion, now: () => Date, path: string): SignIn {
  return createSignIn({
    authority: settings.ENTRA_AUTHORITY,
    clientId: settings.ENTRA_CLIENT_ID,
    assertion,
    redirectUri: `${settings.PUBLIC_URL}${path}`,
    allowedTenants: settings.ALLOWED_TENANTS,
    now,
  })
}

/** A permission that was granted meanwhile is seen within this time, by every instance of the app. */
const RENEW_AFTER_MS = 60_000

function graphOf(settings: Settings, entra: Credentials, now: () => Date): App['graph'] {
  const known = new Map<string, () => Promise<Graph>>()
  const make = async (tenantId: string) => {
    const { graphClient } = await import('./meetings/graph.ts')
    let renewedAt = now().getTime()
    const onDenied = () => {
      const at = now().getTime()
      if (Math.abs(at - renewedAt) < RENEW_AFTER_MS) return
      renewedAt = at
      void entra.renewed(tenantId)
    }
    // Asked for at every call: the one that is kept may be renewed meanwhile.
    const credential: TokenCredential = {
      getToken: async (...asked) => (await entra.ofTenant(tenantId)).getToken(...asked),
    }
    return graphClient(settings.GRAPH_BASE_URL, credential, { onDenied })
  }
  return (tenantId) => {
    const made = known.get(tenantId) ?? once(() => make(tenantId))
    known.set(tenantId, made)
    return made()
  }
}

async function textSenderOf(settings: Settings, entra: Credentials): Promise<SendText> {
  const [{ smsClient }, { textSender }] = await Promise.all([
    import('./messaging/sms-client.ts'),
    import('./messaging/sms.ts'),
  ])
  return textSender(smsClient(settings.ACS_ENDPOINT, await entra.ofDeployment()))
}

async function emailSenderOf(settings: Settings, entra: Credentials): Promise<SendEmail> {
  const { emailClient, emailSender } = await import('./messaging/email/send-email.ts')
  return emailSender(emailClient(settings.ACS_ENDPOINT, await entra.ofDeployment()))
}

async function phoneNumbersOf(settings: Settings, entra: Credentials): Promise<PhoneNumbers> {
  const { phoneNumbers } = await import('./senders/phone-numbers-client.ts')
  return phoneNumbers(settings.ACS_ENDPOINT, await entra.ofDeployment())
}

/** By connection string where there is one (development, Azurite), else by managed identity. */
export async function storageClients(settings: Settings, entra: Credentials): Promise<StorageClients> {
  const connection = settings.AzureWebJobsStorage
  if (connection) {
    return {
      table: (name) => TableClient.fromConnectionString(connection, name, { allowInsecureConnection: true }),
      queue: (name) => new QueueClient(connection, name),
    }
  }
  const account = settings.AzureWebJobsStorage__accountName
  const tableUri =
    settings.AzureWebJobsStorage__tableServiceUri ?? `https://${account}.table.core.windows.net`
  const queueUri =
    settings.AzureWebJobsStorage__queueServiceUri ?? `https://${account}.queue.core.windows.net`
  const credential = await entra.ofDeployment()
  return {
    table: (name) => new TableClient(tableUri, name, credential),
    queue: (name) => new QueueClient(`${queueUri.replace(/\/$/, '')}/${name}`, credential),
  }
}
