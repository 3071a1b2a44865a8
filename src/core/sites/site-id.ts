import { createHash, randomBytes } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** Twelve characters of a to z and 2 to 7, about 60 bits: found by nobody who is not told. */
export function newSiteId(): string {
  return spelled(randomBytes(12))
}

/**
 * The id of the site that a form adds: the same form sent twice (a double click) is the same site, and no form can name
 * the site of another organization.
 * @param draft a random word that the form was given with
 */
export function siteIdOfDraft(tenantId: string, draft: string): string {
  return spelled(createHash('sha256').update(`${tenantId}|${draft}`).digest().subarray(0, 12))
}

function spelled(bytes: Uint8Array): string {
  return [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

/** Whether a text has the form of a site's id: addresses and forms hold anything, and a row key may not. */
export function isSiteId(text: string): boolean {
  return /^[a-z0-9]{12}$/.test(text)
}
