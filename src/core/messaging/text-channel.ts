import type { Channel } from './channel.ts'
import { decideText } from './decide-text.ts'
import type { DeliverPorts } from './deliver.ts'
import { noticeId, noticeText } from './notice.ts'
import { isOptedOut } from './opt-outs.ts'
import { quietUntil } from './quiet-hours.ts'

/** Notices by text: from the site's sender, outside its quiet hours, to nobody who said STOP. */
export function textChannel(ports: DeliverPorts): Channel<{ to: string; body: string }> {
  return {
    waits: ({ texts }) => texts.on && texts.sender === undefined,
    off: ({ texts }) => (texts.on ? undefined : 'texts_off'),
    quietUntil: ({ texts, timeZone }, now) =>
      texts.on ? quietUntil(now, timeZone, texts.quietHours) : undefined,
    decide: decideText,
    unwanted: async ({ tenantId }, { to }) =>
      (await isOptedOut(ports, tenantId, to)) ? 'opted_out' : undefined,
    send: ({ texts }, { name, row, words }) =>
      ports.sendText({
        ...words,
        from: texts.sender ?? '',
        repeatabilityId: ports.identity.repeatabilityId(name.tenantId, noticeText(name)),
        firstSentAt: new Date(row.firstSentAt ?? row.changedAt),
        tag: noticeId(ports.noticeKeys, name),
      }),
    atOnce: 8,
  }
}
