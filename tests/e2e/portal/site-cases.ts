import { expect, test } from 'vitest'
import { ACCOUNTS, NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import { NORTHWIND_SITE } from '../../../sandbox/northwind.ts'
import { field, type Page } from '../bad-input/browser.ts'
import { expectSafe } from '../bad-input/expect-page.ts'
import type { BadEhr, BadEhrs } from '../support/bad-ehrs.ts'
import type { PortalWorld, SignedIn } from './world.ts'

const { woodgrove, northwind } = ACCOUNTS
const FORM_OF_SITE = { environment: 'testing', name: 'A site' }

/** What an administrator, or somebody who crafts a form, may send by mistake or on purpose: nothing is saved. */
export function siteCases(world: () => PortalWorld, ehrs: () => BadEhrs): void {
  const at = (path: string) => `${world().sandbox.appUrl}${path}`
  const admin = () => world().signIn(woodgrove.administrator, '/portal/sites?add=1')
  const stored = async () => {
    const rows: string[] = []
    for await (const row of world().sandbox.store.tables.sites.all()) rows.push(JSON.stringify(row))
    return rows.sort()
  }
  const add = (who: SignedIn, url: string, more: Readonly<Record<string, string>> = {}): Promise<Page> =>
    who.browser.post(at('/portal/sites'), {
      csrf: who.csrf,
      draft: field(who.page, 'draft'),
      url,
      ...FORM_OF_SITE,
      ...more,
    })
  async function refused(who: SignedIn, url: string, words: string): Promise<void> {
    const before = await stored()
    const page = await add(who, url)
    expect({ url, status: page.status }).toEqual({ url, status: 422 })
    expect(page.text).toContain(words)
    // Nothing typed is lost.
    if (url.trim() !== '') expect(page.html).toContain(`value="${url.trim().replaceAll('&', '&amp;')}"`)
    expectSafe(page)
    expect(await stored()).toEqual(before)
  }

  test.each<[BadEhr, string]>([
    ['redirecting', 'sends us on to another address'],
    ['huge', 'far too large'],
    ['slow', 'did not answer in time'],
    ['html', 'A web page answers at this address'],
    ['selfSigned', 'could not be verified'],
    ['nobody', 'does not accept connections'],
    ['dstu2', 'speaks FHIR DSTU2 (1.0.2)'],
    ['noPkce', 'does not support PKCE'],
    ['noAppointmentSearch', 'has no appointments'],
  ])('an EHR that is %s is refused beside the field, and not saved', async (which, words) => {
    const who = await admin()
    const from = ehrs().asked.length
    await refused(who, ehrs().url(which), words)
    const asked = ehrs().asked.slice(from)
    if (which === 'redirecting') expect(asked.every((path) => path.startsWith('/redirecting/'))).toBe(true)
  })

  test('what is no address, not encrypted or not public is refused before anything is asked', async () => {
    const who = await admin()
    const from = ehrs().asked.length
    await refused(who, '', 'Enter the FHIR base URL')
    await refused(who, 'our cerner', 'This is not a web address')
    await refused(who, 'http://ehr.example/r4', 'has to begin with https://')
    await refused(who, 'https://169.254.169.254/r4', 'not on the public internet')
    await refused(who, 'https://10.1.2.3/r4', 'not on the public internet')
    expect(ehrs().asked.length).toBe(from)
  })

  test('a base that the organization has, or another one, is refused and not asked', async () => {
    const who = await admin()
    const { ehr } = world().sandbox
    const from = ehr.ledger.length
    const others = 'belongs to another organization of this deployment'
    await refused(who, ehr.fhirBaseUrl, others)
    await refused(who, `${ehr.fhirBaseUrl}/metadata`, others)
    await refused(who, ehr.patientBaseUrl, others)
    const own = await world().signIn(northwind.administrator, '/portal/sites?add=1')
    await refused(own, ehr.fhirBaseUrl, 'is in your list already')
    expect(ehr.ledger.length).toBe(from)
  })

  test('a form without its word, with an unknown environment or an endless name saves nothing', async () => {
    const who = await admin()
    const before = await stored()
    for (const more of [
      { draft: '' },
      { draft: NORTHWIND_SITE },
      { environment: 'staging' },
      { name: 'x'.repeat(101) },
    ])
      expect((await add(who, ehrs().url('good'), more)).status).toBe(422)
    const foreign = await who.browser.post(at('/portal/sites'), { url: ehrs().url('good'), csrf: 'made-up' })
    expect(foreign.status).toBe(403)
    expect(await stored()).toEqual(before)
  })

  test('the same form sent twice adds one site, of the sender’s own tenant, with its defaults', async () => {
    const who = await admin()
    const more = { tenantId: NORTHWIND_HEALTH, siteId: NORTHWIND_SITE, name: 'Twice' }
    const pages = await Promise.all([add(who, ehrs().url('good'), more), add(who, ehrs().url('good'), more)])
    for (const page of pages) expect(page.text).toContain('FHIR base URL added.')
    const { siteStore } = await import('../../../src/core/sites/site-store.ts')
    const sites = siteStore(world().sandbox.store)
    const twice = (await sites.ofTenant(WOODGROVE_CLINICS)).filter(({ name }) => name === 'Twice')
    expect(twice).toHaveLength(1)
    expect((await sites.byIssuer(ehrs().url('good')))?.siteId).toBe(twice[0]?.siteId)
    expect(twice[0]).toMatchObject({
      setup: true,
      launch: { clientId: '' },
      texts: { on: false },
      timeZone: 'UTC',
    })
    expect((await sites.ofTenant(NORTHWIND_HEALTH)).map(({ siteId }) => siteId)).toEqual([NORTHWIND_SITE])
  })

  test('a foreign tenant’s site is unknown in every form and address', async () => {
    const who = await admin()
    const before = await stored()
    const { csrf } = who
    const page = (path: string) => who.browser.get(at(path))
    for (const path of [
      `/portal/sites?edit=${NORTHWIND_SITE}`,
      `/portal/sites/${NORTHWIND_SITE}`,
      `/portal/sites/${NORTHWIND_SITE}/remove`,
    ])
      expect({ path, status: (await page(path)).status }).toEqual({ path, status: 404 })
    const sent = { csrf, version: 'x', siteId: NORTHWIND_SITE, understood: 'yes', url: ehrs().url('good') }
    for (const path of [
      '/portal/site-check',
      `/portal/sites/${NORTHWIND_SITE}`,
      `/portal/sites/${NORTHWIND_SITE}/base`,
      `/portal/sites/${NORTHWIND_SITE}/remove`,
    ]) {
      const answer = await who.browser.post(at(path), { ...sent, ...FORM_OF_SITE })
      expect({ path, status: answer.status }).toEqual({ path, status: 404 })
      expect(answer.text).not.toContain('Northwind')
    }
    expect(await stored()).toEqual(before)
  })

  test('a client secret is never shown again, in no page and no row', async () => {
    const who = await world().signIn(northwind.administrator, `/portal/sites/${NORTHWIND_SITE}`)
    const path = `/portal/sites/${NORTHWIND_SITE}`
    const before = who.page
    const secret = 'write-only-S3cret-of-the-test'
    const fields = Object.fromEntries(formFields(before.html))
    const sent = { ...fields, 'launch.method': 'client_secret_basic', 'launch.secret': secret, do: 'save' }
    const saved = await who.browser.post(at(path), sent)
    expect(saved.text).toContain('Saved.')
    expect(saved.text).toContain('A secret is kept, sealed, and never shown.')
    const wrong = {
      ...Object.fromEntries(formFields(saved.html)),
      'launch.secret': secret,
      patientPhone: 'x',
      do: 'save',
    }
    const again = await who.browser.post(at(path), wrong)
    expect(again.status).toBe(422)
    expect(again.text).toContain('Type the secret once more')
    for (const { html } of [saved, again, await who.browser.get(at('/portal/history'))])
      expect(html).not.toContain(secret)
    expect((await stored()).join()).not.toContain(secret)
    const back = {
      ...Object.fromEntries(formFields(saved.html)),
      'launch.method': 'private_key_jwt',
      do: 'save',
    }
    expect((await who.browser.post(at(path), back)).text).toContain('Saved.')
  })

  test('of two administrators who save at once the second is told, and nothing is overwritten', async () => {
    const path = `/portal/sites/${NORTHWIND_SITE}`
    const [one, two] = [
      await world().signIn(northwind.administrator, path),
      await world().signIn(northwind.configurator, path),
    ]
    const save = ({ browser, page }: SignedIn, clinicName: string) =>
      browser.post(at(path), { ...Object.fromEntries(formFields(page.html)), clinicName, do: 'save' })
    expect((await save(one, 'First')).text).toContain('Saved.')
    const second = await save(two, 'Second')
    expect(second.status).toBe(409)
    expect(second.text).toContain('Somebody else changed this meanwhile')
    expect((await one.browser.get(at(path))).html).toContain('value="First"')
    expect((await one.browser.get(at('/portal/history'))).text).toContain('Clinic name')
  })

  test('who may only look sees the settings, without a way to change them', async () => {
    const viewer = await world().signIn(northwind.familyDoctor, `/portal/sites/${NORTHWIND_SITE}`)
    expect(viewer.page.status).toBe(200)
    expect(viewer.page.text).toContain('You see this configuration read-only')
    expect(viewer.page.html).toContain('<fieldset disabled')
    expect(viewer.page.html).not.toContain('name="do" value="save">Save</button></div>')
    const list = await viewer.browser.get(at('/portal/sites?add=1'))
    expect(list.text).not.toContain('Add FHIR base URL')
  })
}

/** What a browser would send of a form with these fields, its buttons left out. */
function formFields(html: string): [string, string][] {
  const form = /<form[^>]*action="\/portal\/sites\/[^"]*"[\s\S]*?<\/form>/.exec(html)?.[0] ?? ''
  const text = (value: string) =>
    value
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
  const fields: [string, string][] = []
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]
    if (/type="(checkbox|radio)"/.test(tag) && !/ checked/.test(tag)) continue
    const name = of('name')
    if (name !== undefined) fields.push([name, text(of('value') ?? '')])
  }
  for (const [, name = '', value = ''] of form.matchAll(
    /<textarea[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g,
  ))
    fields.push([name, text(value)])
  for (const [, name = '', options = ''] of form.matchAll(
    /<select[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g,
  ))
    fields.push([name, text(/<option value="([^"]*)" selected/.exec(options)?.[1] ?? '')])
  return fields
}
