import { afterAll, beforeAll, beforeEach } from 'vitest'
import { deliverEmails, type EmailPorts } from '../../../src/core/messaging/email/deliver-email.ts'
import type { Email, EmailFailure } from '../../../src/core/messaging/email/send-email.ts'
import { isEmail } from '../../../src/core/messaging/notice.ts'
import type { Limit } from '../../../src/core/messaging/pace.ts'
import { fail, ok } from '../../../src/core/result.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import {
  at,
  type Clinic,
  clinic,
  DAY,
  identity,
  LINK_URL,
  linkKeys,
  noticeKeys,
  seals,
} from '../messaging/clinic.fixture.ts'
import { type Storage, startStorage } from '../messaging/storage.fixture.ts'

/** One storage for a file. */
export let storage: Storage

/** To be called once by a file whose tests send e-mails. */
export function emailStorage(): void {
  beforeAll(async () => {
    storage = await startStorage()
  })
  afterAll(() => storage?.close())
  // All e-mail of a deployment has one pace.
  beforeEach(() => storage.store.tables.pace.remove({ partitionKey: 'email', rowKey: 'places' }))
}

export const EMAILS: NonNullable<Site['emails']> = {
  on: true,
  sender: 'visits@example.org',
  since: '2026-11-22T00:00:00.000Z',
}

/** A mailbox vendor that remembers operation ids, as the real one does. */
export function mailboxes() {
  const sent: Email[] = []
  const ids = new Set<string>()
  const vendor = {
    sent,
    requests: 0,
    /** What the next requests answer; a request that is "lost" was carried out all the same. */
    failing: undefined as EmailFailure | undefined,
    lost: false,
    /** Called when an e-mail is taken, before the answer. */
    onSend: async (_email: Email): Promise<void> => {},
    async send(email: Email) {
      vendor.requests++
      if (vendor.failing) return fail(vendor.failing)
      if (!ids.has(email.operationId)) sent.push(email)
      ids.add(email.operationId)
      await vendor.onSend(email)
      return vendor.lost ? fail('email_outcome_unknown' as const) : ok(undefined)
    },
  }
  return vendor
}

export type Rig = {
  readonly made: Clinic
  readonly mail: ReturnType<typeof mailboxes>
  work(): Promise<void>
}

/** A clinic with one visit and e-mails on; texts only where the test wants them. */
export async function rigWith(
  more: {
    texts?: Partial<Site['texts']>
    emails?: Partial<typeof EMAILS>
    address?: string
    limits?: Limit[]
    visits?: number
  } = {},
): Promise<Rig> {
  const emails = { ...EMAILS, ...more.emails }
  const made = clinic(storage.store, { texts: { on: false, ...more.texts }, more: { emails } })
  const mail = mailboxes()
  const ports: EmailPorts = {
    store: storage.store,
    visits: visitStore(storage.store, linkKeys, 7),
    seals,
    identity,
    noticeKeys,
    now: made.now,
    ehr: async () => ok(made.ehr.port),
    site: async () => made.site,
    sendEmail: (email) => mail.send(email),
    linkUrl: LINK_URL,
    rules: made.rules,
    limits: more.limits ?? [],
  }
  await made.sweep(DAY)
  for (let n = 0; n < (more.visits ?? 1); n++)
    made.ehr.book(`A${n}`, at('16:30'), {}, { emails: [more.address ?? `synthetic${n || ''}@example.com`] })
  made.advance(60)
  await made.sweep(DAY)
  return {
    made,
    mail,
    /** What the functions do with a message: e-mails and texts go their own ways. */
    async work() {
      for (const queued of made.queue.splice(0)) {
        if (queued.visibleAt > made.now()) {
          made.queue.push(queued)
          continue
        }
        const part = (email: boolean) => queued.message.notices.filter(({ kind }) => isEmail(kind) === email)
        const [letters, texts] = [part(true), part(false)]
        const again = [
          ...(letters.length > 0
            ? (await deliverEmails(ports, { ...queued.message, notices: letters })).again
            : []),
          ...(texts.length > 0 ? (await made.deliver({ ...queued.message, notices: texts })).again : []),
        ]
        for (const { message, delaySeconds } of again)
          made.queue.push({ message, visibleAt: new Date(made.now().getTime() + delaySeconds * 1000) })
      }
    },
  }
}

export const stateOf = async ({ made }: Rig, notice = '1:booked@email') =>
  (await made.notices('A0', DAY)).get(notice)
export const calendarOf = (email: Email | undefined) =>
  Buffer.from(email?.attachments[0]?.contentInBase64 ?? '', 'base64').toString()
export const field = (email: Email | undefined, name: string) =>
  new RegExp(`^${name}:(.*)\r$`, 'm').exec(calendarOf(email))?.[1]
