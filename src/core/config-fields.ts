import { z } from 'zod'

/** The kinds of settings. Messages say what is wanted and never repeat what was given: it may be a secret. */

export const guid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'must be a GUID')
  // As Entra writes them in tokens, so that they compare.
  .transform((value) => value.toLowerCase())

export const list = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

export const origin = z.string().transform((value, ctx) => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const plain = url && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
  if (plain && /^https?:$/.test(url.protocol)) return url.origin
  ctx.addIssue({ code: 'custom', message: 'must be an origin such as https://visits.example.org' })
  return z.NEVER
})

export const serviceUrl = z.string().transform((value, ctx) => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const plain = url && !url.search && !url.hash && !url.username && !url.password
  if (plain && /^https?:$/.test(url.protocol)) return value.replace(/\/+$/, '')
  ctx.addIssue({
    code: 'custom',
    message: 'must be a URL without query, such as https://graph.microsoft.com',
  })
  return z.NEVER
})

/** 32 bytes in base64. */
export const secret = z.string().transform((value, ctx) => {
  const bytes = Buffer.from(value, 'base64')
  if (/^[A-Za-z0-9+/]{43}=$/.test(value) && bytes.length === 32) return bytes
  ctx.addIssue({ code: 'custom', message: 'must be 32 random bytes in base64 (openssl rand -base64 32)' })
  return z.NEVER
})

const ec = z.object({ kty: z.literal('EC'), crv: z.literal('P-384'), x: z.string(), y: z.string() })
const rsa = z.object({ kty: z.literal('RSA'), n: z.string().min(342), e: z.string() })

/** A private JWK of one of the given kinds, kept as the text that it is. RSA has at least 2,048 bits. */
const privateJwk = (kinds: z.ZodType, message: string) =>
  z.string().refine((value) => {
    try {
      const jwk: unknown = JSON.parse(value)
      return z.looseObject({ d: z.string().min(1) }).safeParse(jwk).success && kinds.safeParse(jwk).success
    } catch {
      return false
    }
  }, message)

export const smartKey = privateJwk(
  z.union([ec, rsa]),
  'must be a private JWK: EC P-384 (ES384) or RSA of 2,048 bits or more (RS384)',
)
export const rsaKey = privateJwk(rsa, 'must be a private RSA JWK of 2,048 bits or more')

export const seconds = (byDefault: number) => z.coerce.number().int().min(0).default(byDefault)
export const count = (byDefault: number, most: number) =>
  z.coerce.number().int().min(1).max(most).default(byDefault)
