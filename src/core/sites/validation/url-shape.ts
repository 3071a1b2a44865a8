import { isLoopback } from '../../config.ts'
import { isBaseUrl } from '../base-url.ts'
import type { Told, UrlProblem } from './finding.ts'

export type Shape = { readonly url: string } | { readonly problem: Told<UrlProblem> }

/** What people copy along with the base: the address of a document below it. */
const BELOW = /\/(metadata|\.well-known(\/[\w-]*)?)\/*$/i

/**
 * Whether what was typed can be a FHIR base URL at all, and how it is written here: without white space around it, a
 * trailing slash, a query, or the name of a document below it. Nothing is asked of the host. Pure.
 * @param httpLoopback http to this machine is for development.
 */
export function urlShape(typed: string, httpLoopback: boolean): Shape {
  const text = typed.trim()
  if (text === '') return { problem: { code: 'url_missing' } }
  if (text.length > 2_000 || /\s/.test(text) || !URL.canParse(text))
    return { problem: { code: 'url_malformed' } }
  const { protocol, hostname, username, password } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return { problem: { code: 'url_malformed' } }
  if (username || password) return { problem: { code: 'url_credentials' } }
  if (protocol === 'http:' && !(httpLoopback && isLoopback(hostname)))
    return { problem: { code: 'url_not_https' } }
  const url = text
    .replace(/[?#].*$/, '')
    .replace(BELOW, '')
    .replace(/\/+$/, '')
  return isBaseUrl(url) ? { url } : { problem: { code: 'url_malformed' } }
}
