import { createHash } from 'node:crypto'
import type { IdentityKeys } from '../keys/identity.ts'
import type { Language, Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import { utcDay } from '../visits/bay.ts'
import type { VisitStore } from '../visits/visit-store.ts'
import { toGsm7 } from './gsm7.ts'
import { replyWords } from './languages/replies.ts'
import { nextVisit } from './next-visit.ts'
import { isOptedOut } from './opt-outs.ts'
import { takePlaces } from './pace.ts'
import type { SendText } from './sms.ts'
import { textLimits } from './text-limits.ts'
import { askedFor } from './words-said.ts'

export type AnswerPorts = {
  readonly store: Pick<Store, 'tables'>
  readonly identity: IdentityKeys
  readonly visits: VisitStore
  readonly sendText: SendText
  readonly linkUrl: string
  readonly now: () => Date
}

export type Question = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly message: string
}

/** Answers to one number on one day. Two machines that answer each other must come to an end. */
const MOST_A_DAY = { help: 3, link: 3, unknown: 1 } as const
type Kind = keyof typeof MOST_A_DAY

/**
 * Answers a patient who wrote something else than STOP or START: HELP, LINK, or what nobody can read. Claimed before it
 * is sent, so that an event that comes twice is answered once; an answer that is lost may be asked for again.
 * @param sites those that text from the number that was written to.
 * @returns what was answered, for the log.
 */
export async function answer(
  ports: AnswerPorts,
  sites: readonly Site[],
  question: Question,
): Promise<Kind | undefined> {
  const [site] = sites
  if (!site) return undefined
  const asked = askedFor(question.message)
  const kind: Kind = asked?.what ?? 'unknown'
  const { tenantId } = site
  const stopped = await isOptedOut(ports, tenantId, question.from)
  // Whoever said STOP may ask what this is, and hears nothing else.
  if (stopped && kind !== 'help') return undefined
  const phoneKey = ports.identity.phoneKey(tenantId, question.from)
  if (!(await claimed(ports, `reply|${question.id}`))) return undefined
  if (!(await claimedOne(ports, `${phoneKey}|${kind}`, MOST_A_DAY[kind]))) return undefined
  const body = await words(ports, sites, site, kind, asked?.language ?? site.texts.defaultLanguage, question)
  const now = ports.now()
  // It counts for the sender's pace, and does not wait: somebody is holding the phone.
  await takePlaces(
    ports.store.tables.pace,
    `sms|${question.to}`,
    [new Date(now.getTime() + 60_000)],
    textLimits(question.to),
    now,
  )
  await ports.sendText({
    from: question.to,
    to: question.from,
    body,
    repeatabilityId: ports.identity.repeatabilityId(tenantId, `reply ${question.id}`),
    firstSentAt: now,
    tag: 'reply',
  })
  return kind
}

async function words(
  ports: AnswerPorts,
  sites: readonly Site[],
  { patientPhone }: Site,
  kind: Kind,
  language: Language,
  { from }: Question,
): Promise<string> {
  const said = replyWords[language]
  const call = patientPhone && sites.length === 1 ? said.call.replace('{phone}', () => patientPhone) : ''
  if (kind !== 'link') return toGsm7(said[kind].replace('{call}', () => call))
  const visit = await nextVisit(ports, sites, from)
  const token = visit && ports.visits.patientToken(visit)
  if (!token) return toGsm7(said.noLink.replace('{call}', () => call))
  return toGsm7(said.link).replace('{link}', () => `${ports.linkUrl}/v/${token}`)
}

async function claimedOne(ports: AnswerPorts, name: string, most: number): Promise<boolean> {
  for (let slot = 0; slot < most; slot++) if (await claimed(ports, `${name}|${slot}`)) return true
  return false
}

/** Whether this is the first time today that this name is claimed. */
async function claimed({ store, now }: AnswerPorts, name: string): Promise<boolean> {
  const day = utcDay(now())
  const rowKey = createHash('sha256').update(`${day}|${name}`).digest('base64url')
  const until = `${day}T23:59:59.999Z`
  return (await store.tables.consumed.insert({ partitionKey: day, rowKey, schema: 1, until })).ok
}
