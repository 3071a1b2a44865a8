import type { Certificate, Entra, EntraTenant, LedgerEntry, Now } from '../contracts.ts'
import { createApplications, type Registration } from './applications.ts'
import { createUsedAssertions } from './assertion.ts'
import { createCodes } from './codes.ts'
import type { Context } from './context.ts'
import { memberById } from './directory.ts'
import { createSigningKeys, type SigningKeys } from './keys.ts'
import { type Call, type Handle, listen } from './listener.ts'
import { BROWSER_ENDPOINTS, route, SERVER_ENDPOINTS } from './routes.ts'
import { createSessions } from './sessions.ts'
import { defaultTenants } from './tenants.ts'
import { tokenVerifier } from './verify.ts'

export type EntraOptions = {
  /** 0 takes a free port. */
  readonly httpsPort: number
  readonly httpPort: number
  readonly certificate: Certificate
  readonly now: Now
  readonly tenants?: EntraTenant[]
}

/** The stand-in with what its own tests and other stand-ins need besides the contract. */
export type EntraStandIn = Entra & {
  register(registration: Registration): void
  /** A new signing key; see SigningKeys. */
  readonly rotateKeys: SigningKeys['rotate']
  /** Signs any claims with the current key, for tokens that Entra gives to Microsoft's own services. */
  readonly sign: SigningKeys['sign']
}

/**
 * Starts a local Microsoft Entra ID: sign-in pages on http://localhost for browsers; discovery, keys and tokens on
 * https://localhost for servers. It speaks the wire protocol of the Microsoft identity platform v2.0, so that the
 * unmodified @azure/identity, MSAL and any OpenID Connect client work with it, and refuses as Entra does (see
 * refusals.ts). People are synthetic and sign in without a password.
 */
export async function startEntra(options: EntraOptions): Promise<EntraStandIn> {
  const { now, certificate } = options
  const ledger: LedgerEntry[] = []
  const ready = Promise.withResolvers<Context>()
  const record =
    (endpoints: typeof SERVER_ENDPOINTS): Handle =>
    async (call) => {
      const answer = await route(endpoints, await ready.promise, call)
      ledger.push(entry(now(), call, answer.status))
      return answer
    }
  const keys = await createSigningKeys()
  const servers = await listen(options.httpsPort, record(SERVER_ENDPOINTS), certificate)
  const browsers = await listen(options.httpPort, record(BROWSER_ENDPOINTS)).catch(async (error) => {
    await servers.close()
    throw error
  })
  const tenants = options.tenants ?? defaultTenants()
  const context: Context = {
    now,
    authority: `https://localhost:${servers.port}`,
    signInUrl: `http://localhost:${browsers.port}`,
    tenants,
    applications: createApplications(),
    keys,
    codes: createCodes(now),
    sessions: createSessions(now),
    usedAssertions: createUsedAssertions(now),
  }
  ready.resolve(context)
  return {
    authority: context.authority,
    signInUrl: context.signInUrl,
    tenants,
    ledger,
    verify: tokenVerifier(context),
    register: context.applications.register,
    rotateKeys: keys.rotate,
    sign: keys.sign,
    accountOf(cookieHeader) {
      const session = context.sessions.find(cookieHeader)
      const member = session && memberById(tenants, session.userId)
      return member?.user.enabled ? { tenantId: member.tenant.id, userId: member.user.id } : undefined
    },
    close: async () => void (await Promise.all([servers.close(), browsers.close()])),
  }
}

function entry(at: Date, call: Call, status: number): LedgerEntry {
  const path = `${call.url.pathname}${call.url.search}`
  const body = Object.keys(call.form).length > 0 ? { body: call.form } : {}
  return { at: at.toISOString(), method: call.method, path, status, ...body }
}
