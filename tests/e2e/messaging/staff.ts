import { expect, test } from 'vitest'
import { ACCOUNTS, NORTHWIND_HEALTH } from '../../../sandbox/entra/tenants.ts'
import { NORTHWIND_SITE } from '../../../sandbox/northwind.ts'
import { bayPartitions } from '../../../src/core/visits/bay-range.ts'
import { field } from '../bad-input/browser.ts'
import { PEOPLE, type World } from './world.ts'

const { ruth, grace } = PEOPLE
/** maxDequeueCount of host.json. */
const TRIES = 5

/** What staff see of it in the portal, under Messages. */
export function staffCases(world: () => World): void {
  const at = (path: string) => `${world().sandbox.appUrl}${path}`
  let appointmentId = ''

  test('a landline is work for staff: who it is is said on request, and written down', async () => {
    const { console, sweep, book, shows, passUntil, notices, portal } = world()
    await console.fault('acs-landline', true)
    appointmentId = await book(ruth, 180)
    await sweep()
    expect((await shows(ruth, 1))[0]?.note).toContain('never arrived')
    await passUntil(
      'the report',
      60,
      async () => (await notices(appointmentId))['1:booked'] === 'undelivered carrier_4003',
    )
    await console.fault('acs-landline', false)
    const { browser, page, csrf } = await portal()
    expect(page.text).toContain('Not delivered: the number takes no texts, as landlines do not')
    expect(page.html).not.toContain(appointmentId)
    expect(page.html).not.toMatch(/Kowalski|5550107|555-0107/)
    const [, siteId = '', bay = '', visitKey = ''] =
      /name="siteId" value="([^"]+)"\/?><input type="hidden" name="bay" value="([^"]+)"\/?><input type="hidden" name="visitKey" value="([^"]+)"/.exec(
        page.html,
      ) ?? []
    const shown = await browser.post(at('/portal/messages/appointment'), { csrf, siteId, bay, visitKey })
    expect(shown.text).toContain(appointmentId)
    const history = await browser.get(at('/portal/history'))
    expect(history.text).toContain('Appointment id shown')
    expect(history.text).not.toContain(appointmentId)
  })

  test('somebody who may only look sees neither the work nor an appointment', async () => {
    const { page, browser } = await world().portal(ACCOUNTS.northwind.familyDoctor)
    expect(page.status).toBe(403)
    expect(page.text).toContain('This page is for administrators')
    expect(page.text).not.toContain('the number takes no texts')
    const review = await browser.get(at('/portal/review'))
    expect(review.html).not.toMatch(/href="\/portal\/(messages|clinicians)"/)
    const csrf = field(review, 'csrf')
    const asked = await browser.post(at('/portal/messages/appointment'), {
      csrf,
      siteId: '',
      bay: '',
      visitKey: '',
    })
    expect(asked.status).toBe(403)
  })

  test('a site that is no longer looked at is late in the portal, and in the log that the alert reads', async () => {
    const { console, sweep, log, portal } = world()
    expect((await portal()).page.text).not.toContain('The EHR was not looked at for a while')
    await console.fault('ehr-503', true)
    for (let minutes = 0; minutes < 20; minutes += 5) {
      await console.press('advance', { by: '5' })
      await sweep()
    }
    expect(log('"event":"site_late"', '"site":"northwind001"').length).toBeGreaterThan(0)
    expect((await portal()).page.text).toContain('The EHR was not looked at for a while')
    await console.fault('ehr-503', false)
    await sweep()
    expect((await portal()).page.text).not.toContain('The EHR was not looked at for a while')
  })

  test('a message that fails five times is listed, and put back by a button that texts nobody twice', async () => {
    const { console, sweep, book, log, passUntil, notices, portal, shows, sandbox, settled } = world()
    // It is left on the queue, and meanwhile its visit's row is damaged: whoever reads it fails.
    await console.fault('acs-429', true)
    const id = await book(grace, 200)
    await sweep()
    const rows = sandbox.storage.table('visits')
    const visit = await newestVisit(world())
    await rows.upsertEntity({ ...visit, schema: 99 }, 'Merge')
    await console.fault('acs-429', false)
    const failed = () => log("Executed 'Functions.confirmations' (Failed").length
    const before = failed()
    await passUntil('five failures', 900, () => failed() >= before + TRIES)
    expect(log('Executed', 'Functions.confirmations', 'Failed').join()).not.toMatch(/Lindqvist|5550122/)
    await rows.upsertEntity({ ...visit, schema: 1 }, 'Merge')

    const { browser, page, csrf } = await portal()
    expect(page.text).toMatch(/Confirmations 1 1 /)
    const [copy] = (await sandbox.storage.queue('confirmations-poison').peekMessages()).peekedMessageItems
    const back = await browser.post(at('/portal/messages/replay'), { csrf, queue: 'confirmations' })
    expect(back.url).toBe(at('/portal/messages?done=replayed'))
    expect(back.text).toContain('Nothing was set aside.')
    await passUntil('the text', 300, async () => (await notices(id))['1:booked'] === 'delivered')
    expect(await shows(grace, 1)).toHaveLength(1)

    // The same message once more, as after a crash in the middle of putting it back.
    await sandbox.storage.queue('confirmations-poison').sendMessage(copy?.messageText ?? '')
    await browser.post(at('/portal/messages/replay'), { csrf, queue: 'confirmations' })
    await settled()
    expect(await shows(grace, 1)).toHaveLength(1)
    expect((await browser.get(at('/portal/history'))).text).toContain('Failed messages put back')
  })
}

/** Keys of the visit that was found last. */
async function newestVisit({ sandbox }: World): Promise<{ partitionKey: string; rowKey: string }> {
  const found: { partitionKey: string; rowKey: string; since: string }[] = []
  const day = sandbox.clock.now().toISOString().slice(0, 10)
  const partitions = bayPartitions({ tenantId: NORTHWIND_HEALTH, siteId: NORTHWIND_SITE }, day)
  for await (const row of sandbox.store.tables.visits.across(partitions))
    if (row.type === 'visit') found.push(row)
  const { partitionKey = '', rowKey = '' } = found.sort((a, b) => b.since.localeCompare(a.since))[0] ?? {}
  return { partitionKey, rowKey }
}
