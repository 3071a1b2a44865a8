/** One refusal: what Entra says, and how it reaches the caller. */
export type Row = {
  /** Number after "AADSTS". */
  readonly code: number
  /** OAuth error code. */
  readonly error: string
  /** `page`: shown to the person, never sent to a redirect URI. `redirect`: query of the redirect URI. */
  readonly via: 'json' | 'page' | 'redirect'
  readonly status: number
  /** Message; `{name}` stands for a value of the request. */
  readonly text: string
  /** The request that provokes it. */
  readonly request: string
  readonly source: string
}

export const CODES_PAGE = 'Microsoft Entra authentication and authorization error codes'
export const CODE_FLOW = 'Microsoft identity platform and OAuth 2.0 authorization code flow'
export const CREDENTIALS_FLOW = 'Microsoft identity platform and the OAuth 2.0 client credentials flow'
export const CERTIFICATE = 'Microsoft identity platform application authentication certificate credentials'
export const CONSENT = 'Admin consent on the Microsoft identity platform'
