import { unwantedTexts } from './caps.ts'
import type { Channel } from './channel.ts'
import { decideText } from './decide-text.ts'
import type { DeliverPorts } from './deliver.ts'
import { type NoticeName, noticeId, noticeText } from './notice.ts'
import { quietEverywhereUntil } from './quiet-hours.ts'
import { textLimits } from './text-limits.ts'

/** Texts to one patient a day, where the site says nothing else: a day of changes, and no more. */
const PATIENT_CAP = 6

/** The same at every try, and nothing that leads back to the visit. */
function textId({ identity }: DeliverPorts, name: NoticeName): string {
  return identity
    .repeatabilityId(name.tenantId, `counted ${noticeText(name)}`)
    .replaceAll('-', '')
    .slice(-12)
}

/** Notices by text: from the site's sender at its pace, outside its quiet hours, to nobody who said STOP. */
export function textChannel(ports: DeliverPorts): Channel<{ to: string; body: string }> {
  const { store, numbers, caps, now } = ports
  return {
    waits: ({ texts }) => texts.on && texts.sender === undefined,
    off: ({ texts }) => (texts.on ? undefined : 'texts_off'),
    quietUntil: ({ texts, timeZone }, at, zones = []) =>
      texts.on ? quietEverywhereUntil(at, [timeZone, ...zones], texts.quietHours) : undefined,
    decide: decideText,
    async unwanted({ tenantId, siteId, texts }, all) {
      const named = all.map(({ name, words }) => ({
        id: textId(ports, name),
        to: words.to,
        visitKey: name.visitKey,
      }))
      const lately = await numbers.lately(store, tenantId, now())
      const reasons = unwantedTexts(named, lately, caps, texts.dailyCap ?? PATIENT_CAP)
      const wanted = named.filter(({ id }, at) => reasons[at] === undefined && !lately.isCounted(id))
      await numbers.note(store, { tenantId, siteId }, wanted, now())
      return reasons
    },
    send: ({ texts }, { name, row, words }) =>
      ports.sendText({
        ...words,
        from: texts.sender ?? '',
        repeatabilityId: ports.identity.repeatabilityId(name.tenantId, noticeText(name)),
        firstSentAt: new Date(row.firstSentAt ?? row.changedAt),
        tag: noticeId(ports.noticeKeys, name),
      }),
    atOnce: 8,
    pace: ({ texts }) => ({
      sender: `sms|${texts.sender ?? ''}`,
      limits: ports.limits?.(texts.sender ?? '') ?? textLimits(texts.sender ?? ''),
    }),
  }
}
