import { generateKeyPairSync, randomBytes } from 'node:crypto'

const jwk = (kind: 'EC' | 'RSA', size = 2048) => {
  const { privateKey } =
    kind === 'EC'
      ? generateKeyPairSync('ec', { namedCurve: 'P-384' })
      : generateKeyPairSync('rsa', { modulusLength: size })
  return JSON.stringify(privateKey.export({ format: 'jwk' }))
}

export const secret = () => randomBytes(32).toString('base64')
export const ecKey = jwk('EC')
export const rsaKey = jwk('RSA')
export const shortRsaKey = jwk('RSA', 1024)

/** A deployment that lacks nothing. */
export const complete: Readonly<Record<string, string>> = {
  GEOGRAPHY: 'emea',
  PUBLIC_URL: 'https://visits.example.org',
  ALLOWED_TENANTS: '3F6C1D52-7B1E-4A8D-9C55-0A6B8F1E2D01, b8a2e7c4-1f3d-4e69-8d27-5c90e4a7b302',
  ENTRA_CLIENT_ID: '5d0c6f1e-2b7a-4c39-8e54-1f9a7b3d6c20',
  ACS_ENDPOINT: 'https://texts.communication.azure.com/',
  STAMP_SECRET: secret(),
  FIELD_KEY: secret(),
  LINK_KEY: secret(),
  SESSION_KEY: secret(),
  CLIENT_ASSERTION_KEY: ecKey,
  AzureWebJobsStorage__accountName: 'visitsemea',
}
