import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { generate } from 'selfsigned'

/** The secrets of one sandbox. In Azure these lie in Key Vault; here they are made at the first start. */
export type SandboxKeys = {
  readonly stampSecret: string
  readonly fieldKey: string
  readonly linkKey: string
  readonly sessionKey: string
  /** EC P-384: signs SMART client assertions. */
  readonly clientAssertionKey: JWK
  /** RSA: signs our assertions to the sandbox Entra, where Azure has a managed identity. */
  readonly entraAssertionKey: JWK
  /** PEM of a certificate and its key, that Graph encrypts its notifications with. */
  readonly notificationCertificate: string
}

/** The application's client id at the sandbox Entra. */
export const ENTRA_CLIENT_ID = '5d0c6f1e-2b7a-4c39-8e54-1f9a7b3d6c20'

/** @param dir where the keys are kept between starts; absent = made for this run only. */
export async function sandboxKeys(dir: string | undefined): Promise<SandboxKeys> {
  const file = dir && join(dir, 'keys.json')
  const kept = file && (await readFile(file, 'utf8').catch(() => undefined))
  const secret = () => randomBytes(32).toString('base64')
  const made: SandboxKeys = {
    stampSecret: secret(),
    fieldKey: secret(),
    linkKey: secret(),
    sessionKey: secret(),
    clientAssertionKey: await privateJwk('ES384'),
    entraAssertionKey: { ...(await privateJwk('RS256')), kid: 'sandbox-entra-assertion' },
    notificationCertificate: await notificationCertificate(),
  }
  // What an earlier release kept stays; what it did not know yet is added.
  const keys = { ...made, ...(kept ? (JSON.parse(kept) as Partial<SandboxKeys>) : {}) }
  if (file) {
    await mkdir(dir, { recursive: true })
    await writeFile(file, JSON.stringify(keys), { mode: 0o600 })
  }
  return keys
}

/** The settings that the app is started with in the sandbox; the names are those of local.settings.example.json. */
export function appSettings(given: {
  appUrl: string
  keys: SandboxKeys
  connectionString: string
  caFile: string
  entraAuthority: string
  graphUrl: string
  acsEndpoint: string
  teamsUrl: string
  allowedTenants: readonly string[]
}): Record<string, string> {
  const { keys } = given
  return {
    ENVIRONMENT: 'development',
    GEOGRAPHY: 'amer',
    PUBLIC_URL: given.appUrl,
    ALLOWED_TENANTS: given.allowedTenants.join(','),
    ENTRA_AUTHORITY: given.entraAuthority,
    ENTRA_CLIENT_ID,
    ENTRA_ASSERTION: 'key',
    ENTRA_ASSERTION_KEY: JSON.stringify(keys.entraAssertionKey),
    GRAPH_BASE_URL: given.graphUrl,
    ACS_ENDPOINT: given.acsEndpoint,
    TEAMS_ORIGINS: given.teamsUrl,
    STAMP_SECRET: keys.stampSecret,
    FIELD_KEY: keys.fieldKey,
    LINK_KEY: keys.linkKey,
    SESSION_KEY: keys.sessionKey,
    CLIENT_ASSERTION_KEY: JSON.stringify(keys.clientAssertionKey),
    GRAPH_NOTIFICATION_CERTIFICATE: keys.notificationCertificate,
    AzureWebJobsStorage: given.connectionString,
    // Often, so that what is done in the console shows on the phone at once.
    SWEEP_SCHEDULE: '*/10 * * * * *',
    REMINDER_SCHEDULE: '5/10 * * * * *',
    NUMBERS_SCHEDULE: '0 */2 * * * *',
    ERASE_SCHEDULE: '0 15 3 * * *',
    REPORT_SCHEDULE: '8/10 * * * * *',
    RETENTION_SCHEDULE: '0 45 3 * * *',
    SWEEP_HORIZON_DAYS: '2',
    NODE_EXTRA_CA_CERTS: given.caFile,
    FUNCTIONS_WORKER_RUNTIME: 'node',
  }
}

async function notificationCertificate(): Promise<string> {
  const made = await generate([{ name: 'commonName', value: 'graph-notifications' }], {
    keySize: 2048,
    algorithm: 'sha256',
  })
  return `${made.cert}\n${made.private}`
}

async function privateJwk(algorithm: 'ES384' | 'RS256'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  return exportJWK(privateKey)
}

/** The public half, as it is registered elsewhere. */
export function publicHalf({ kty, kid, n, e, crv, x, y }: JWK): JWK {
  return JSON.parse(JSON.stringify({ kty, kid, n, e, crv, x, y, use: 'sig' })) as JWK
}
