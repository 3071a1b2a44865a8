import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Ehr, EhrFaults, Now } from '../contracts.ts'
import type { EhrAddresses } from './addresses.ts'
import { appointmentResource } from './appointment-resource.ts'
import { createAuthorizationServer } from './authorization-server.ts'
import { bearerAuthentication } from './bearer.ts'
import { boardRows, languageOf, phoneOf } from './board.ts'
import { createClients } from './clients.ts'
import { emptyClinic, SYNTHETIC, shownName } from './clinic.ts'
import { handle } from './http-front.ts'
import { createLaunchContexts } from './launch-contexts.ts'
import { launchUrl, patientLaunchUrl } from './launch-url.ts'
import { createPages } from './pages.ts'
import { createRequestLedger } from './request-ledger.ts'
import { seedClinic } from './seed/clinic.ts'
import type { SigningKeys } from './signing-keys.ts'
import type { IdTokens } from './token-response.ts'
import { applyVendorShape } from './vendor-shape.ts'

/** The contract, and handles that only this stand-in has. */
export type SandboxEhr = Ehr & {
  /** `iss` of the id_tokens; a site must allow it beside the issuer of smart-configuration. */
  readonly idTokenIssuer: string
  /** Every code and token that was given out, oldest first: what a search for leaks looks for. */
  readonly issued: readonly string[]
  /** Every chart whole, for the same search. */
  patientResources(): fhir4.Patient[]
  /** The id_tokens from now on carry this nonce instead of the launch's own; undefined = their own again. */
  setNonce(nonce: string | undefined): void
  /** The FHIR base of the patient portal, the `iss` of a patient's launch. */
  readonly patientBaseUrl: string
  /** What the patient portal does when a patient opens a visit there; without an appointment only the patient is known. */
  patientLaunchUrl(appLaunchUrl: string, who: { patientId: string; appointmentId?: string }): string
  /** New key for id_tokens; the one before it stays published. */
  rotateKeys(): Promise<void>
  /** A new chart, of a person whom nobody else is called like. Synthetic. */
  newChart(family: string, given: string): { patientId: string }
  /** Somebody has the appointment open: a PATCH gets 423. */
  setLocked(appointmentId: string, locked: boolean): void
  /** What a PATCH depends on fails: 424. */
  setDependencyFailure(appointmentId: string, fails: boolean): void
}

/** Which synthetic clinic a customer is. */
export type Seed = 'clinic' | 'woodgrove' | 'empty'

/** One customer of the EHR: a clinic, its authorization server, its registrations and its faults. */
export type Customer = {
  readonly ehr: Omit<SandboxEhr, 'close'>
  answer(req: IncomingMessage, res: ServerResponse): Promise<void>
}

/** Makes a customer. It listens nowhere by itself: ehr.ts hands it what is addressed to its EHR tenant. */
export function createCustomer(parts: {
  readonly addresses: EhrAddresses
  readonly now: Now
  /** One set for all customers, as one authorization server signs for all of them. */
  readonly keys: SigningKeys
  readonly seed: Seed
  readonly log: (line: string) => void
}): Customer {
  const { addresses, now, keys, seed, log } = parts
  const faults: EhrFaults = {
    fhirUnavailable: false,
    fhirThrottled: false,
    fhirTokenRefused: false,
    fhirForbidden: false,
    slowMs: 0,
    dropScopes: [],
    authorizeError: undefined,
    withoutContext: false,
    flaws: new Set(),
  }
  const clinic = seed === 'empty' ? emptyClinic(now) : seedClinic(now, seed)
  const ledger = createRequestLedger(now)
  const clients = createClients()
  const launches = createLaunchContexts(now)
  const issued: string[] = []
  const idTokens: IdTokens = { issued, nonce: undefined }
  const provider = createAuthorizationServer({ addresses, clients, launches, keys, faults, now, issued })
  applyVendorShape(provider, { addresses, keys, clinic, faults, now, launches, idTokens })
  provider.on('server_error', (_ctx, error) => log(`ehr: authorization server failed: ${error.message}`))
  const front = {
    addresses,
    clinic,
    faults,
    keys,
    ledger,
    startedAt: now(),
    pages: createPages(addresses),
    portalPages: createPages({ ...addresses, fhirBaseUrl: addresses.patientBaseUrl }),
    persona: 'provider' as const,
    authenticate: bearerAuthentication(provider, launches),
    authorization: provider.callback(),
  }

  const { appointments } = clinic
  const mark = (set: Set<string>, id: string, on: boolean) => void (on ? set.add(id) : set.delete(id))
  const ehr: Customer['ehr'] = {
    fhirBaseUrl: addresses.fhirBaseUrl,
    ehrTenant: addresses.tenant,
    idTokenIssuer: addresses.idTokenIssuer,
    faults,
    issued,
    patientResources: () => [...clinic.patients.values()],
    setNonce(nonce) {
      idTokens.nonce = nonce
    },
    ledger: ledger.entries,
    board: () => boardRows(clinic, now),
    book: (input) => ({ appointmentId: appointments.book(input).id }),
    move: (id, start) => void appointments.change(id, { start }),
    cancel: (id) => void appointments.change(id, { status: 'cancelled' }),
    setVideo: (id, video) => void appointments.change(id, { video }),
    appointment(id) {
      const record = appointments.get(id)
      return record && appointmentResource(record, clinic)
    },
    patients: () =>
      [...clinic.patients].map(([id, patient]) => ({
        id,
        name: shownName(patient),
        phone: phoneOf(patient, now),
        language: languageOf(patient),
      })),
    practitioners: () =>
      [...clinic.practitioners.values()].map(({ id, name, username }) => ({ id, name, username })),
    locations: () => [...clinic.locations].map(([id, location]) => ({ id, name: location.name ?? '' })),
    launchUrl: (appLaunchUrl, who, context) =>
      launchUrl({ clinic, launches, fhirBaseUrl: addresses.fhirBaseUrl }, appLaunchUrl, who, context),
    patientBaseUrl: addresses.patientBaseUrl,
    patientLaunchUrl: (appLaunchUrl, who) =>
      patientLaunchUrl({ clinic, launches, patientBaseUrl: addresses.patientBaseUrl }, appLaunchUrl, who),
    register: (client) => clients.register(client),
    clients: () => clients.all(),
    newChart(family, given) {
      const patientId = String(13_500_000 + clinic.patients.size)
      clinic.patients.set(patientId, {
        resourceType: 'Patient',
        id: patientId,
        meta: { versionId: '1', tag: [SYNTHETIC] },
        active: true,
        name: [{ use: 'official', text: `${family}, ${given}`, family, given: [given] }],
        telecom: [],
        birthDate: '1980-01-31',
        deceasedBoolean: false,
      })
      return { patientId }
    },
    rotateKeys: () => keys.rotate(),
    setLocked: (id, locked) => mark(appointments.locked, id, locked),
    setDependencyFailure: (id, fails) => mark(appointments.withoutDependency, id, fails),
  }
  return { ehr, answer: (req, res) => handle(front, req, res) }
}
