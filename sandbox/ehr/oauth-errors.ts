import type { EhrAddresses } from './addresses.ts'

/**
 * Oracle Health adds an `error_uri` to every OAuth error, a page for people with the vendor's own error name in it.
 * Source: Oracle Health "Authorization Framework", error responses.
 */
export function errorUri(
  addresses: EhrAddresses,
  stage: 'grant' | 'token',
  error: string,
  serial: number,
): string {
  const urn = `urn:cerner:error:authorization-server:oauth2:${stage}:${error.replaceAll('_', '-')}`
  const instance = `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`
  const path = `${addresses.errorsPath}/${encodeURIComponent(urn)}/instances/${instance}`
  return `${addresses.origin}${path}?tenant=${addresses.tenant}`
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** The page that a person sees where the EHR must not redirect (unknown client, wrong redirect_uri) or at an error_uri. */
export function errorPage(title: string, detail: string): string {
  const text = (value: string) => value.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${text(title)}</title>
<h1>${text(title)}</h1><p>${text(detail)}</p>
<p>Synthetic EHR of the sandbox. No real patient data.</p></html>`
}
