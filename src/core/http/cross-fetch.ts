import { OutboundError } from './outbound-error.ts'

/**
 * Stands in for the package `cross-fetch`, which fhirclient imports: in the bundle and in the tests that name leads
 * here, so that fhirclient cannot reach the network but through the application's safe fetch. Until that is set,
 * every call fails.
 */
type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

const notReady: Fetch = () => Promise.reject(new OutboundError('outbound_not_ready'))
let current = notReady

/** Sets the fetch that fhirclient uses from now on; undefined goes back to refusing. Called once, at start-up. */
export function useFetch(fetch: Fetch | undefined): void {
  current = fetch ?? notReady
}

export function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  return current(input, init)
}

export default fetch

// The package exports these besides; they are the platform's own.
export const Headers = globalThis.Headers
export const Request = globalThis.Request
export const Response = globalThis.Response
