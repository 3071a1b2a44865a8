import { z } from 'zod'

const withPlus = z.string().transform((number) => (number.startsWith('+') ? number : `+${number}`))

/** Azure Communication Services as an Event Grid source: the two events about texts. Spellings of the tag differ. */
export const smsEvent = z.discriminatedUnion('eventType', [
  z.object({
    eventType: z.literal('Microsoft.Communication.SMSDeliveryReportReceived'),
    data: z.object({
      deliveryStatus: z.string(),
      deliveryStatusDetails: z.string().nullish(),
      tag: z.string().nullish(),
      Tag: z.string().nullish(),
      from: z.string().nullish(),
      receivedTimestamp: z.string().nullish(),
    }),
  }),
  z.object({
    eventType: z.literal('Microsoft.Communication.SMSReceived'),
    data: z.object({
      from: withPlus,
      to: withPlus,
      message: z.string(),
      messageId: z.string().nullish(),
      receivedTimestamp: z.string().nullish(),
    }),
  }),
])
export type SmsEvent = z.infer<typeof smsEvent>
export type SmsReport = Extract<SmsEvent, { data: { deliveryStatus: string } }>['data']
export type SmsReply = Extract<SmsEvent, { data: { message: string } }>['data']
