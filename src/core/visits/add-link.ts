import type { LinkAudience } from '../keys/link-token.ts'
import { fail, ok, type Result } from '../result.ts'
import { type ExtraLink, extraLinks, type LinkRole, MOST_LINKS, withExtraLinks } from './extra-links.ts'
import type { Visit, VisitRef } from './visit.ts'
import type { VisitStore } from './visit-store.ts'

export type NewLink = {
  readonly audience: LinkAudience
  readonly role: LinkRole
  readonly way: 'sms' | 'email'
  /** Of the form: the same one again is the same link. */
  readonly form: string
  readonly keyId: string
  readonly now: Date
}

type Added = { readonly visit: Visit; readonly link: ExtraLink; readonly token: string }

/** Makes one more link of a visit: in the visit's row first, so that its serial is nobody else's, then the row it leads by. */
export async function addLink(
  visits: VisitStore,
  ref: VisitRef,
  asked: NewLink,
): Promise<Result<Added, 'link_too_many' | 'visit_gone'>> {
  const { now, ...more } = asked
  const visit = await visits.update(ref, (row, bay) => {
    const links = extraLinks(row)
    if (links.some(({ form }) => form === asked.form) || links.length >= MOST_LINKS) return undefined
    const serial = Math.max(row.linkSerial, ...links.map((link) => link.serial)) + 1
    const made = { at: now.toISOString(), bay, version: row.version }
    return withExtraLinks(row, [...links, { ...more, serial, ...made }])
  })
  if (!visit) return fail('visit_gone')
  const link = extraLinks(visit.row).find(({ form }) => form === asked.form)
  if (!link) return fail('link_too_many')
  const token = visits.extraToken(visit, link)
  if (token === undefined || !(await visits.writeExtraLink(visit, link))) return fail('visit_gone')
  return ok({ visit, link, token })
}

/** Takes a link back: from now on it opens nothing. Doing it twice changes nothing. */
export async function revokeLink(
  visits: VisitStore,
  ref: VisitRef,
  serial: number,
  now: Date,
): Promise<void> {
  const revokedAt = now.toISOString()
  const visit = await visits.update(ref, (row) => {
    const links = extraLinks(row)
    const open = links.some((link) => link.serial === serial && link.revokedAt === undefined)
    if (!open) return undefined
    return withExtraLinks(
      row,
      links.map((link) => (link.serial === serial ? { ...link, revokedAt } : link)),
    )
  })
  const link = visit && extraLinks(visit.row).find((one) => one.serial === serial)
  if (visit && link) await visits.writeExtraLink(visit, link)
}
