import type { Ehr } from '../ehr/ehr.ts'
import type { IdentityKeys } from '../keys/identity.ts'
import { fail, ok, type Result } from '../result.ts'
import { isOneWay } from '../senders/sender.ts'
import type { Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import { type PatientPorts, tapLink } from '../visits/patient-visit.ts'
import { isOptedOut, recordWord } from './opt-outs.ts'
import { textNumber } from './phone.ts'

export type WishPorts = PatientPorts & {
  readonly store: Pick<Store, 'tables'>
  readonly identity: IdentityKeys
}

/** What a patient who cannot answer a text may say behind its link. */
export type Wish = 'STOP' | 'START'

/** `texts_unreadable`: the EHR does not say now which phone is meant. */
export type WishFailure = 'link_unknown' | 'texts_unreadable'

type Standing = { readonly site: Site; readonly phone: string | undefined; readonly stopped: boolean }

/**
 * Whether the phone behind a link gets texts. Reads and changes nothing. The phone is the one that texts go to, read from
 * the EHR now; it is not kept.
 */
export async function textsOfLink(
  ports: WishPorts,
  token: string,
): Promise<Result<Standing, 'link_unknown'>> {
  const tapped = await tapLink(ports, token)
  // A guest speaks for nobody else's phone; a number that takes answers has STOP.
  if (!tapped.ok || tapped.value.audience !== 'patient' || !isOneWay(tapped.value.site.texts.sender))
    return fail('link_unknown')
  const { site, appointment } = tapped.value
  const phone = await phoneOf(ports, site, appointment?.patientId)
  const stopped = phone !== undefined && (await isOptedOut(ports, site.tenantId, phone))
  return ok({ site, phone, stopped })
}

/** Keeps the wish under the phone's pseudonym, as the word STOP or START by text would be. */
export async function wish(ports: WishPorts, token: string, word: Wish): Promise<Result<void, WishFailure>> {
  const standing = await textsOfLink(ports, token)
  if (!standing.ok) return standing
  const { site, phone } = standing.value
  if (phone === undefined) return fail('texts_unreadable')
  await recordWord(ports, site.tenantId, phone, word, ports.now())
  return ok(undefined)
}

async function phoneOf(
  ports: Pick<WishPorts, 'ehr'>,
  site: Site,
  patientId: string | undefined,
): Promise<string | undefined> {
  if (patientId === undefined) return undefined
  const ehr: Result<Ehr, string> = await ports.ehr(site)
  const patient = ehr.ok ? await ehr.value.patient(patientId) : ehr
  if (!patient.ok) return undefined
  const number = textNumber(patient.value.phones, site.texts.countries)
  return number.ok ? number.value : undefined
}
