import type { App } from '../core/app.ts'
import { textCaps } from '../core/messaging/caps.ts'
import type { LinkRequest, SendLinkFailure, SendLinkPorts } from '../core/messaging/send-link.ts'
import { revokeLink } from '../core/visits/add-link.ts'
import { LINK_ROLES } from '../core/visits/extra-links.ts'
import { type Done, doneQuery } from './flash.ts'
import { withVisit } from './open-call.ts'
import { redirect } from './route.ts'
import { type LaunchCall, launchRoute, visitUrl } from './session.ts'
import { visitPage } from './visit.ts'

/** Why nothing was sent, and what to do. */
export const LINK_PROBLEMS: Readonly<Record<SendLinkFailure, string>> = {
  link_phone_invalid:
    'This is no number that can be texted. Write it with area code, or with + and country code.',
  link_phone_country: 'This site does not text numbers of that country. Try an e-mail address.',
  link_phone_missing: 'There is no number: the chart has none that can be texted. Type one.',
  link_email_invalid: 'This is no e-mail address. Check the spelling.',
  link_email_missing: 'There is no e-mail address: the chart has none. Type one.',
  link_opted_out: 'This number answered STOP to our texts. Ask them to text START, or use an e-mail address.',
  link_texts_unset: 'Texts are not set up for this EHR. Use an e-mail address, or ask your administrator.',
  link_emails_unset: 'E-mails are not set up for this EHR. Use a number, or ask your administrator.',
  link_number_cap:
    'This number got as many texts as one number may get within 24 hours. Use an e-mail address or another number.',
  link_tenant_cap:
    'So many texts went to such numbers within 24 hours that sending stopped. Use an e-mail address, or call; your administrator finds it under Messages.',
  link_patient_gone: 'The chart says that the patient is deceased, or was merged into another chart.',
  link_too_many: 'Too many links were sent for this visit. Use one that is listed below.',
  link_busy: 'The messaging service is busy. Wait a minute and send it again.',
  link_refused: 'The messaging service refused this number or address. Check it, or use another one.',
  link_taken_back: 'This link was taken back. Send a new one from here.',
  visit_gone: 'The visit is no longer known here. Open it from the chart again.',
}

const CHART_UNREAD =
  'The EHR does not show us the chart now, so we do not know the patient’s number or address. Type it, or try again in a minute.'

/** The fields of the form, as far as they are ours; undefined where it is another form. */
export function linkRequest(fields: URLSearchParams): LinkRequest | undefined {
  const role = LINK_ROLES.find((one) => one === fields.get('role'))
  const way = (['sms', 'email'] as const).find((one) => one === fields.get('way'))
  const language = (['en', 'es', 'fr'] as const).find((one) => one === fields.get('language'))
  const form = /^[\w-]{16}$/.exec(fields.get('form') ?? '')?.[0]
  const address = (fields.get('address') ?? '').trim().slice(0, 254)
  if (!role || !way || !language || !form) return undefined
  return { role, way, language, form, ...(address === '' ? {} : { address }) }
}

launchRoute('visitSendLink', 'POST', 'launch/{id}/send', (call) =>
  withVisit(call, async (opened, choice) => {
    const request = linkRequest(call.fields)
    if (!request) return redirect(visitUrl(call, choice))
    // The chart is not there to say where the patient is reached, which is not the same as a chart without a number.
    if (opened.unread && !opened.patient && request.role === 'patient' && request.address === undefined)
      return visitPage(call, opened, choice, {
        refused: { given: { ...request }, problem: CHART_UNREAD },
        status: 422,
      })
    const { sendLink } = await import('../core/messaging/send-link.ts')
    const sent = await sendLink(sendPorts(call.app), opened.site, opened.visit, opened.patient, request)
    if (sent.ok) {
      call.log('link_sent', { role: request.role, way: request.way, state: sent.value.state })
      return done(call, choice, sent.value.state === 'unknown' ? 'link-unknown' : 'link')
    }
    const { code, detail } = sent.failure
    call.log('link_not_sent', { role: request.role, way: request.way, code, detail })
    const refused = { given: { ...request }, problem: LINK_PROBLEMS[code] }
    return visitPage(call, opened, choice, { refused, status: 422 })
  }),
)

launchRoute('visitRevokeLink', 'POST', 'launch/{id}/revoke', (call) =>
  withVisit(call, async ({ visit }, choice) => {
    const serial = Number(/^\d{1,3}$/.exec(call.fields.get('serial') ?? '')?.[0] ?? 0)
    await revokeLink(call.app.visits, visit, serial, call.app.now())
    call.log('link_revoked')
    return done(call, choice, 'revoked')
  }),
)

function done(call: LaunchCall, choice: string | undefined, what: Done) {
  const url = visitUrl(call, choice)
  return redirect(`${url}${url.includes('?') ? '&' : '?'}${doneQuery(what)}`)
}

export function sendPorts(app: App): SendLinkPorts {
  return {
    store: app.store,
    visits: app.visits,
    identity: app.keys.identity,
    noticeKeys: app.keys.field,
    linkKeys: app.keys.link,
    numbers: app.numbers,
    caps: textCaps(app.settings),
    linkUrl: app.linkUrl,
    sendText: app.sendText,
    sendEmail: app.sendEmail,
    now: app.now,
  }
}
