import { createHmac, hkdfSync } from 'node:crypto'

/**
 * Identity keys turn what the EHR calls things into pseudonyms. They are derived (HKDF-SHA256, RFC 5869) from the one
 * stamp secret, per tenant and per site, and never rotate: with another secret every visit and every opt-out would be
 * a stranger.
 */
export type IdentityKeys = {
  /** 22 characters, 128 bits: the pseudonym of one appointment of one site. */
  visitKey(tenantId: string, siteId: string, appointmentId: string): string
  /** 22 characters: the pseudonym of a patient within one visit; no two visits of theirs can be told to be one person's. */
  patientKey(tenantId: string, siteId: string, visitKey: string, patientId: string): string
  /** 43 characters: the pseudonym of a phone number (E.164) within one tenant. */
  phoneKey(tenantId: string, phone: string): string
  /** A UUID that is the same for the same name: the vendor's repeatability id of a notice. */
  repeatabilityId(tenantId: string, name: string): string
}

export function identityKeys(stampSecret: Uint8Array): IdentityKeys {
  const derived = new Map<string, Buffer>()
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', stampSecret, 'teams-ehr-connector/identity/v1', purpose, 32))
  const key = (purpose: string) => {
    const known = derived.get(purpose)
    if (known) return known
    const made = derive(purpose)
    derived.set(purpose, made)
    return made
  }
  const mac = (purpose: string, text: string) => createHmac('sha256', key(purpose)).update(text).digest()
  return {
    visitKey: (tenantId, siteId, appointmentId) =>
      mac(`visit|${tenantId}|${siteId}`, appointmentId).subarray(0, 16).toString('base64url'),
    // A key for each visit: kept for none, there are too many.
    patientKey: (tenantId, siteId, visitKey, patientId) =>
      createHmac('sha256', derive(`patient|${tenantId}|${siteId}|${visitKey}`))
        .update(patientId)
        .digest()
        .subarray(0, 16)
        .toString('base64url'),
    phoneKey: (tenantId, phone) => mac(`phone|${tenantId}`, phone).toString('base64url'),
    repeatabilityId: (tenantId, name) => asUuid(mac(`repeatability|${tenantId}`, name)),
  }
}

/** RFC 9562 section 5.8: a version 8 (custom) UUID out of 128 bits. */
function asUuid(bytes: Buffer): string {
  const id = Buffer.from(bytes.subarray(0, 16))
  id.writeUInt8((id.readUInt8(6) & 0x0f) | 0x80, 6)
  id.writeUInt8((id.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = id.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
