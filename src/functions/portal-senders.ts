import { z } from 'zod'
import { hasConsents } from '../core/senders/consents.ts'
import { countries, countryOf, reaches } from '../core/senders/countries.ts'
import { linkedTo, markRelease } from '../core/senders/release.ts'
import { alphanumericName, isShortCode, shownSender } from '../core/senders/sender.ts'
import type { SenderStore } from '../core/senders/sender-store.ts'
import { answered } from '../core/senders/verification.ts'
import { differences } from '../core/sites/differences.ts'
import type { OtherModel } from '../pages/portal/numbers/other.tsx'
import { type PortalCall, portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { type Answer, redirect } from './route.ts'
import { senderFacts } from './sender-facts.ts'

type Typed = Partial<OtherModel['typed']>

/** The other ways to a sender, for one country. @param typed what a refused form had, and why. */
async function other(call: PortalCall, code: string | null, typed: Typed = {}): Promise<Answer> {
  const { app, session } = call
  const country = countryOf(code ?? '') ?? countries[0]
  if (!country) throw new Error('the list of countries is empty')
  const [{ frame, tenant }, owned, mine, { otherNumberPage }] = await Promise.all([
    portalFrame(call, 'texts'),
    app.phoneNumbers().then((numbers) => numbers.owned()),
    app.senders.list(session.tenantId),
    import('../pages/portal/numbers/other.tsx'),
  ])
  if (!hasConsents(tenant.value)) return refusePortal(call, { code: 'sms_consents_missing' })
  const numbers = []
  for (const one of owned.ok ? owned.value : []) {
    const known = mine.some(({ sender }) => sender === one.number)
    if (known || !one.texts || !reaches(one.number, country.code)) continue
    if (await app.senders.isElsewhere(session.tenantId, one.number)) continue
    const what = one.tollFree ? 'Toll-free, two-way texts' : 'Two-way texts'
    numbers.push({ number: one.number, shown: shownSender(one.number), what })
  }
  const refused = typed.error !== undefined || typed.shortError !== undefined
  const rendered = otherNumberPage({
    frame,
    countries,
    country,
    numbers,
    failure: owned.ok ? undefined : owned.failure.code,
    typed: { name: '', error: undefined, short: '', shortError: undefined, ...typed },
  })
  return portalPage(call, rendered, refused ? { status: 422 } : {})
}

portalRoute(
  'portalOtherNumber',
  'GET',
  'portal/numbers/other',
  (call) => other(call, call.request.query.get('country')),
  'configure',
)

/** Adds what was chosen, once the consents are there; the history says who did. */
async function add(
  { app, session }: PortalCall,
  chosen: Omit<Parameters<SenderStore['add']>[1], 'by'>,
): Promise<'added' | 'taken'> {
  const { tenantId, userId: by } = session
  const before = await app.senders.read(tenantId, chosen.sender)
  const added = await app.senders.add(tenantId, { ...chosen, by })
  if (!added.ok) return 'taken'
  const changes = [{ field: 'sender', to: chosen.sender }]
  if (!before) await app.history.add(tenantId, { by, what: 'sender_added', changes })
  return 'added'
}

const TAKEN = 'Another organization of this deployment uses it already.'

/** A number of the resource, which the resource itself is asked for; or a short code, which no list has. */
portalRoute('portalAttach', 'POST', 'portal/numbers/attach', async (call) => {
  const { app, session, fields } = call
  if (!hasConsents((await app.tenants.read(session.tenantId)).value))
    return refusePortal(call, { code: 'sms_consents_missing' })
  const number = (fields.get('number') ?? '').trim()
  const code = fields.get('country') ?? ''
  if (fields.get('short') === 'yes') {
    const fits = isShortCode(number) && countryOf(code)?.shortCode === true
    const shortError = fits ? undefined : 'A short code has five or six digits and nothing else.'
    if (shortError) return other(call, code, { short: number, shortError })
    const done = await add(call, { sender: number, kind: 'attached', country: code })
    return done === 'added'
      ? redirect('/portal/texts?done=sender')
      : other(call, code, { short: number, shortError: TAKEN })
  }
  if (!/^\+\d{8,15}$/.test(number)) return refusePortal(call, { code: 'sender_unknown' })
  const there = await (await app.phoneNumbers()).find(number)
  if (!there.ok || !there.value?.texts) return refusePortal(call, { code: 'sender_unknown' })
  const { country } = there.value
  const done = await add(call, { sender: number, kind: 'attached', country })
  return done === 'added'
    ? redirect('/portal/texts?done=sender')
    : refusePortal(call, { code: 'sender_unknown' })
})

portalRoute('portalSenderName', 'POST', 'portal/numbers/name', async (call) => {
  const { app, session, fields } = call
  if (!hasConsents((await app.tenants.read(session.tenantId)).value))
    return refusePortal(call, { code: 'sms_consents_missing' })
  const written = fields.get('name') ?? ''
  const code = fields.get('country') ?? ''
  const name = alphanumericName(written)
  const refuse = (error: string) => other(call, code, { name: written, error })
  if (countryOf(code)?.name11 === undefined) return refuse('Names do not exist in this country.')
  if (name === undefined) return refuse('Use 3 to 11 letters, digits and spaces, at least one letter.')
  const done = await add(call, { sender: name, kind: 'alphanumeric', country: code })
  return done === 'added' ? redirect('/portal/texts?done=sender') : refuse(TAKEN)
})

/** @param refused what a refused form had. */
async function sender(call: PortalCall, refused?: { perMinute: string }): Promise<Answer> {
  const { app, session, params } = call
  const [{ frame, sites }, read, { senderPage }] = await Promise.all([
    portalFrame(call, 'texts'),
    app.senders.read(session.tenantId, params.sender ?? ''),
    import('../pages/portal/numbers/sender.tsx'),
  ])
  if (!read) return refusePortal(call, { code: 'sender_unknown' })
  const rendered = senderPage({
    frame,
    version: read.version,
    sender: senderFacts(read.value, sites),
    typed: {
      perMinute: refused?.perMinute ?? String(read.value.perMinute),
      perMinuteError: refused && 'Enter a whole number from 1 to 100,000.',
    },
  })
  return portalPage(call, rendered, refused ? { status: 422 } : {})
}

portalRoute('portalSender', 'GET', 'portal/senders/{sender}', (call) => sender(call))

const verification = z.enum(['not_submitted', 'submitted', 'verified'])

portalRoute('portalSenderSaved', 'POST', 'portal/senders/{sender}', async (call) => {
  const { app, session, params, fields } = call
  const { tenantId, userId: by } = session
  const read = await app.senders.read(tenantId, params.sender ?? '')
  if (!read) return refusePortal(call, { code: 'sender_unknown' })
  let next = read.value
  const said = verification.safeParse(fields.get('verification'))
  if (said.success) next = answered(next, said.data, app.now())
  const pace = fields.get('per_minute')
  if (pace !== null) {
    const perMinute = /^\d{1,6}$/.test(pace.trim()) ? Number(pace) : 0
    if (perMinute < 1 || perMinute > 100_000) return sender(call, { perMinute: pace })
    next = { ...next, perMinute }
  }
  const saved = await app.senders.save(tenantId, next, fields.get('version') ?? '')
  if (!saved.ok) return refusePortal(call, saved.failure)
  const changes = differences(read.value, next)
  if (changes.length > 0) await app.history.add(tenantId, { by, what: 'sender_saved', changes })
  return redirect('/portal/texts?done=saved')
})

portalRoute(
  'portalRelease',
  'GET',
  'portal/senders/{sender}/release',
  async (call) => {
    const { app, session, params } = call
    const [{ frame, sites }, read, { releasePage }] = await Promise.all([
      portalFrame(call, 'texts'),
      app.senders.read(session.tenantId, params.sender ?? ''),
      import('../pages/portal/numbers/sender.tsx'),
    ])
    if (!read) return refusePortal(call, { code: 'sender_unknown' })
    const facts = senderFacts(read.value, sites)
    return portalPage(call, releasePage({ frame, version: read.version, sender: facts }))
  },
  'configure',
)

/** What was bought here goes back to the carrier; anything else is only taken off the list. */
portalRoute('portalReleased', 'POST', 'portal/senders/{sender}/release', async (call) => {
  const { app, session, params, fields } = call
  const { tenantId, userId: by } = session
  const read = await app.senders.read(tenantId, params.sender ?? '')
  if (!read) return refusePortal(call, { code: 'sender_unknown' })
  if (read.version !== fields.get('version')) return refusePortal(call, { code: 'config_changed' })
  const { sender: number, kind } = read.value
  if (kind === 'tollFree') {
    const marked = await markRelease(app, tenantId, read)
    if (!marked.ok) return refusePortal(call, marked.failure)
    await app.store.queues.numbers.send({ schema: 1, kind: 'release', tenantId, sender: number })
  } else if (linkedTo(number, await app.sites.ofTenant(tenantId)).length > 0)
    return refusePortal(call, { code: 'sender_linked' })
  else await app.senders.remove(tenantId, number)
  const changes = [{ field: 'sender', from: number }]
  await app.history.add(tenantId, { by, what: 'sender_released', changes })
  return redirect(`/portal/texts?done=${kind === 'tollFree' ? 'releasing' : 'removed'}`)
})
