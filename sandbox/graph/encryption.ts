import {
  constants,
  createCipheriv,
  createHmac,
  publicEncrypt,
  randomBytes,
  X509Certificate,
} from 'node:crypto'

export type EncryptedContent = {
  readonly data: string
  readonly dataSignature: string
  readonly dataKey: string
  readonly encryptionCertificateId: string
  readonly encryptionCertificateThumbprint: string
}

/**
 * Resource data as it travels in a rich notification (Set up change notifications that include resource data,
 * "Decrypting resource data", read the other way round): a fresh 256-bit key for AES-CBC with the key's first 16 bytes
 * as IV, HMAC-SHA256 of the ciphertext under the same key, the key wrapped by RSA-OAEP with SHA-1. `certificate` is PEM.
 */
export function encryptResource(
  resource: unknown,
  certificate: string,
  certificateId: string,
): EncryptedContent {
  const key = randomBytes(32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16))
  const data = Buffer.concat([cipher.update(JSON.stringify(resource), 'utf8'), cipher.final()])
  const x509 = new X509Certificate(certificate)
  return {
    data: data.toString('base64'),
    dataSignature: createHmac('sha256', key).update(data).digest('base64'),
    dataKey: publicEncrypt(
      { key: x509.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      key,
    ).toString('base64'),
    encryptionCertificateId: certificateId,
    encryptionCertificateThumbprint: x509.fingerprint.replaceAll(':', ''),
  }
}
