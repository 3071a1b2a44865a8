import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { closeServer } from '../close-server.ts'
import type { Now } from '../contracts.ts'
import { CLINIC_TENANT, ehrAddresses } from './addresses.ts'
import { createCustomer, type SandboxEhr, type Seed } from './customer.ts'
import { createSigningKeys } from './signing-keys.ts'

export type { SandboxEhr } from './customer.ts'

export type EhrOptions = {
  /** 0 takes a free port. */
  readonly port: number
  readonly now: Now
  readonly seed?: Seed
  /** EHR tenant id in the FHIR base URL; another one makes a second EHR. */
  readonly ehrTenant?: string
  readonly log?: (line: string) => void
}

export type EhrCustomerOptions = { readonly ehrTenant: string; readonly seed: Seed }

/** Starts the EHR stand-in: SMART authorization server and FHIR R4 server with Oracle Health's rules, on one port. */
export async function startEhr(options: EhrOptions): Promise<SandboxEhr> {
  const { ehrTenant = CLINIC_TENANT, seed = 'clinic' } = options
  const { customers, close } = await startEhrs(options, [{ ehrTenant, seed }])
  const [ehr] = customers
  if (ehr === undefined) throw new Error('an EHR has at least one customer')
  return { ...ehr, close }
}

/**
 * Several customers behind one port, as at the vendor: the EHR tenant id in the path says whose request it is, and each
 * has its own people, registrations, ledger and faults. What no customer's id stands in goes to the first, whose answer
 * to an unknown one is the vendor's refusal. Closing one closes them all.
 */
export async function startEhrs(
  options: Omit<EhrOptions, 'seed' | 'ehrTenant'>,
  wanted: readonly EhrCustomerOptions[],
): Promise<{ readonly customers: readonly SandboxEhr[]; close(): Promise<void> }> {
  const { now, log = () => {} } = options
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, 'localhost', resolve)
  })
  const { port } = server.address() as AddressInfo
  const keys = await createSigningKeys()
  const customers = wanted.map(({ ehrTenant, seed }) => {
    const addresses = ehrAddresses(`http://localhost:${port}`, ehrTenant)
    return createCustomer({ addresses, now, keys, seed, log })
  })
  server.on('request', (req, res) => {
    const segments = (req.url ?? '').split(/[/?]/)
    const customer = customers.find(({ ehr }) => segments.includes(ehr.ehrTenant)) ?? customers[0]
    customer?.answer(req, res).catch((error: unknown) => {
      log(`ehr: ${error instanceof Error ? error.message : 'failed'}`)
      if (!res.headersSent) res.writeHead(500)
      res.end()
    })
  })
  const close = () => closeServer(server)
  return { customers: customers.map(({ ehr }) => ({ ...ehr, close })), close }
}
