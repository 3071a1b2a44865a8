import { constants, createDecipheriv, createHmac, privateDecrypt, timingSafeEqual } from 'node:crypto'
import { fail, ok, type Result } from '../../result.ts'
import type { EncryptedContent } from './notification.ts'
import type { NotificationKeys } from './notification-keys.ts'

/**
 * Opens the resource data of a notification (Microsoft Graph, "Decrypting resource data from change notifications"):
 * the key is unwrapped with RSA-OAEP (SHA-1, as Graph does), the signature (HMAC-SHA256) checked before anything is
 * decrypted, then AES-256-CBC with the key's first 16 bytes as IV.
 */
export function decryptContent(
  keys: NotificationKeys,
  content: EncryptedContent,
): Result<unknown, 'notification_undecipherable'> {
  const pair = [keys.current, keys.previous].find((one) => one?.id === content.encryptionCertificateId)
  if (!pair) return fail('notification_undecipherable', { detail: 'certificate id' })
  try {
    const key = privateDecrypt(
      { key: pair.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      Buffer.from(content.dataKey, 'base64'),
    )
    const data = Buffer.from(content.data, 'base64')
    const signature = createHmac('sha256', key).update(data).digest()
    const given = Buffer.from(content.dataSignature, 'base64')
    if (given.length !== signature.length || !timingSafeEqual(given, signature))
      return fail('notification_undecipherable', { detail: 'signature' })
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16))
    return ok(JSON.parse(Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8')))
  } catch {
    return fail('notification_undecipherable', { detail: 'key or data' })
  }
}
