import { numberBook } from '../../../src/core/messaging/numbers.ts'
import type { SendLinkPorts } from '../../../src/core/messaging/send-link.ts'
import type { VisitStore } from '../../../src/core/visits/visit-store.ts'
import { identity, LINK_URL, linkKeys, noticeKeys } from './clinic.fixture.ts'
import type { Storage } from './storage.fixture.ts'

/** What a link is sent by hand with, by e-mail: a text that is asked for all the same fails the test. */
export function emailDesk(
  { store }: Storage,
  visits: VisitStore,
  now: () => Date,
  send: (mail: object) => unknown,
): SendLinkPorts {
  return {
    store,
    visits,
    identity,
    noticeKeys,
    linkKeys,
    linkUrl: LINK_URL,
    numbers: numberBook(identity),
    caps: { number: 1, prefix: 1, tenant: 1 },
    now,
    sendText: async () => {
      throw new Error('no text was asked for')
    },
    sendEmail: async () => async (mail: object) => send(mail),
  } as unknown as SendLinkPorts
}
