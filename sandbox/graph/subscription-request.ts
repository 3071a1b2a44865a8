import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { type Answer, invalidRequest } from './answers.ts'

/** Maximum length of a subscription: 4,230 minutes for online meetings (subscription resource type). */
export const MAXIMUM_MINUTES = 4230

const url = z.string().refine((text) => {
  // Graph takes https alone; a stand-in also lets an application on this machine be told over http.
  const parsed = URL.canParse(text) ? new URL(text) : undefined
  return (
    parsed?.protocol === 'https:' ||
    (parsed?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname))
  )
}, 'The URL must be https.')

export const subscriptionBody = z.object({
  changeType: z.string(),
  notificationUrl: url,
  lifecycleNotificationUrl: url.optional(),
  resource: z.string(),
  expirationDateTime: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  clientState: z.string().max(128).optional(),
  includeResourceData: z.boolean().optional(),
  encryptionCertificate: z.string().optional(),
  encryptionCertificateId: z.string().max(128).optional(),
})

export const subscriptionChanges = z.strictObject({
  expirationDateTime: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  notificationUrl: url.optional(),
  encryptionCertificate: z.string().optional(),
  encryptionCertificateId: z.string().max(128).optional(),
})

/** Why an expiry cannot be had, or nothing. */
export function expiryRefusal(expiry: Date, now: Date): Answer | undefined {
  const minutes = (expiry.getTime() - now.getTime()) / 60_000
  if (minutes <= 0) return invalidRequest('Subscription expiration time must be in the future.')
  if (minutes > MAXIMUM_MINUTES) {
    return invalidRequest(
      `Subscription expiration can only be ${MAXIMUM_MINUTES} minutes in the future. Current time: ${now.toISOString()}. Requested time: ${expiry.toISOString()}.`,
    )
  }
  return undefined
}

/**
 * The certificate of a rich subscription as PEM: Base64 of an X.509 certificate whose RSA key has 2,048 to 4,096 bits
 * (Set up change notifications that include resource data, "Managing encryption keys").
 */
export function certificateOf(base64: string | undefined): string | Answer {
  if (!base64) return invalidRequest('encryptionCertificate is required when includeResourceData is true.')
  try {
    const certificate = new X509Certificate(Buffer.from(base64, 'base64'))
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
    const bits = asymmetricKeyDetails?.modulusLength ?? 0
    if (asymmetricKeyType === 'rsa' && bits >= 2048 && bits <= 4096) return certificate.toString()
  } catch {
    // Answered below like any other certificate that cannot be used.
  }
  return invalidRequest('Certificate validation error: an RSA certificate of 2048 to 4096 bits is required.')
}

/** The join URL in a resource path; it stands there percent-encoded as a whole, its own escapes included. */
export function joinUrlOf(resource: string): string | undefined {
  const match = /^\/?communications\/onlineMeetings\(joinWebUrl='([^']+)'\)\/meetingCallEvents$/i.exec(
    resource,
  )
  if (!match?.[1]) return undefined
  try {
    return decodeURIComponent(match[1])
  } catch {
    return undefined
  }
}
