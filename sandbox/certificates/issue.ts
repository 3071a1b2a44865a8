import { generate } from 'selfsigned'
import type { Certificate } from '../contracts.ts'

const DAY = 86_400_000
const EC = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const

/**
 * A certificate authority and one server certificate signed by it, as PEM texts. The authority's key is dropped here.
 * Valid from a day before `now` (a container's clock may lag) for ten years.
 */
export async function issue(now: Date): Promise<Certificate> {
  const validity = {
    notBeforeDate: new Date(now.getTime() - DAY),
    notAfterDate: new Date(now.getTime() + 3650 * DAY),
  }
  const authority = await generate([{ name: 'commonName', value: 'Sandbox certificate authority' }], {
    ...EC,
    ...validity,
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...EC,
    ...validity,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  })
  return { key: server.private, cert: server.cert, ca: authority.cert }
}
