import { describe, expect, test } from 'vitest'
import { advanceRelease, markRelease } from '../../../src/core/senders/release.ts'
import { siteStore } from '../../../src/core/sites/site-store.ts'
import { site as siteOf } from '../../unit/sites/site.fixture.ts'
import {
  ordered,
  orderNumbers,
  ports,
  senders,
  storage,
  tenant,
  tenants,
  vendor,
  worked,
} from './order.fixture.ts'

orderNumbers()

describe('a number', () => {
  const [sandboxNumber] = ['+18335550100']
  const number = { sender: sandboxNumber ?? '', kind: 'attached', country: 'US', by: 'ana' } as const

  test('belongs to the tenant that took it first; another tenant does not get or see it', async () => {
    const other = `${tenant}-other`
    expect((await senders().add(tenant, number)).ok).toBe(true)
    expect((await senders().add(tenant, number)).ok).toBe(true)
    expect(await senders().add(other, number)).toMatchObject({ ok: false, failure: { code: 'sender_taken' } })
    expect(await senders().isElsewhere(other, number.sender)).toBe(true)
    expect(await senders().isElsewhere(tenant, number.sender)).toBe(false)
    await senders().remove(tenant, number.sender)
    expect((await senders().add(other, number)).ok).toBe(true)
    await senders().remove(other, number.sender)
  })

  test('that a site of another tenant texts from is theirs, claimed or not', async () => {
    const sites = siteStore(storage.store)
    const made = siteOf({ siteId: 'texting00001', fhirBaseUrl: 'https://ehr.example.org/texting' })
    await sites.save({ ...made, texts: { ...made.texts, sender: '+18335550111' } })
    const theirs = { ...number, sender: '+18335550111' }
    expect(await senders().add(tenant, theirs)).toMatchObject({
      ok: false,
      failure: { code: 'sender_taken' },
    })
    expect((await senders().add(made.tenantId, theirs)).ok).toBe(true)
  })

  test('goes back to the vendor once, and only where an administrator marked it', async () => {
    await ordered()
    const bought = await worked()
    const sender = bought?.number ?? ''
    const release = { senders: senders(), sites: siteStore(storage.store), numbers: ports().numbers }
    expect(await advanceRelease(release, tenant, sender)).toBeUndefined()
    expect(vendor.acs.numbers().map(({ phoneNumber }) => phoneNumber)).toContain(sender)
    const read = await senders().read(tenant, sender)
    if (!read) throw new Error('no sender')
    const marked = { ...read.value, releasingAt: vendor.clock.now().toISOString() }
    await senders().save(tenant, marked, read.version)
    for (let looks = 0; looks < 10; looks++) {
      const again = await advanceRelease(release, tenant, sender)
      if (again === undefined) break
      vendor.clock.advance(again)
    }
    expect(vendor.acs.numbers().map(({ phoneNumber }) => phoneNumber)).not.toContain(sender)
    expect(await senders().list(tenant)).toEqual([])
  })

  describe('that a site is linked to while it is being given back', () => {
    async function boughtAndSite() {
      await ordered()
      const sender = (await worked())?.number ?? ''
      const sites = siteStore(storage.store)
      const siteId = String(tenants).padStart(12, '0')
      const base = siteOf({ tenantId: tenant, siteId, fhirBaseUrl: `https://ehr.example.org/${siteId}` })
      const link = async () => {
        const saved = await sites.save({ ...base, texts: { ...base.texts, sender } })
        if (!saved.ok) throw new Error(saved.failure.code)
      }
      const read = await senders().read(tenant, sender)
      if (!read) throw new Error('no sender')
      const there = () => vendor.acs.numbers().map(({ phoneNumber }) => phoneNumber)
      return { sender, sites, siteId, link, read, there, now: vendor.clock.now }
    }

    test('is asked of again behind the mark: it stays, and the mark is gone', async () => {
      const { sender, sites, siteId, link, read, there, now } = await boughtAndSite()
      const linking = {
        ...senders(),
        save: async (...given: Parameters<ReturnType<typeof senders>['save']>) => {
          await link()
          return senders().save(...given)
        },
      }
      const marked = await markRelease({ senders: linking, sites, now }, tenant, read)
      expect(marked).toMatchObject({ ok: false, failure: { code: 'sender_linked' } })
      expect((await senders().read(tenant, sender))?.value.releasingAt).toBeUndefined()
      expect(there()).toContain(sender)
      await sites.remove(tenant, siteId, (await sites.read(tenant, siteId))?.version ?? '')
    })

    test('or after the mark is not given back by its message either', async () => {
      const { sender, sites, siteId, link, read, there, now } = await boughtAndSite()
      expect((await markRelease({ senders: senders(), sites, now }, tenant, read)).ok).toBe(true)
      await link()
      const release = { senders: senders(), sites, numbers: ports().numbers }
      expect(await advanceRelease(release, tenant, sender)).toBeUndefined()
      expect((await senders().read(tenant, sender))?.value.releasingAt).toBeUndefined()
      expect(there()).toContain(sender)
      await sites.remove(tenant, siteId, (await sites.read(tenant, siteId))?.version ?? '')
    })
  })

  test('of which two administrators edit at once keeps the first edit', async () => {
    await senders().add(tenant, { ...number, sender: '+18335550122' })
    const read = await senders().read(tenant, '+18335550122')
    if (!read) throw new Error('no sender')
    const first = await senders().save(tenant, { ...read.value, perMinute: 300 }, read.version)
    const second = await senders().save(tenant, { ...read.value, perMinute: 400 }, read.version)
    expect([first.ok, second.ok]).toEqual([true, false])
  })
})
