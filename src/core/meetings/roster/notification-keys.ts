import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'

/** A certificate whose public half Graph encrypts with, and the private key that opens what it sent. */
export type NotificationKey = {
  /** Given to Graph as encryptionCertificateId and given back with every notification. */
  readonly id: string
  /** Base64 of the DER certificate, as a subscription wants it. */
  readonly certificate: string
  readonly privateKey: KeyObject
}

export type NotificationKeys = {
  readonly current: NotificationKey
  readonly previous: NotificationKey | undefined
}

/**
 * @param current PEM with a certificate and its private key, as Key Vault hands a certificate's secret out.
 * @param previous the one before: notifications of subscriptions made with it still arrive.
 * Throws where a PEM lacks one of the two.
 */
export function notificationKeys(current: string, previous?: string): NotificationKeys {
  return { current: fromPem(current), previous: previous ? fromPem(previous) : undefined }
}

function fromPem(pem: string): NotificationKey {
  const block = (label: string) =>
    new RegExp(`-----BEGIN ${label}-----[\\s\\S]+?-----END ${label}-----`).exec(pem)?.[0]
  const certificate = block('CERTIFICATE')
  const privateKey = block('(?:RSA )?PRIVATE KEY')
  if (!certificate || !privateKey)
    throw new Error('GRAPH_NOTIFICATION_CERTIFICATE must be a PEM with a certificate and its private key')
  const der = new X509Certificate(certificate).raw
  return {
    id: createHash('sha256').update(der).digest('base64url').slice(0, 16),
    certificate: der.toString('base64'),
    privateKey: createPrivateKey(privateKey),
  }
}
