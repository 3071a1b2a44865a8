import type { Scene } from './scene.ts'

/** A launch as far as the EHR's answer to it: the address that the browser is sent back to, not yet opened. */
export type Callback = {
  readonly url: string
  /** What the browser would send along: the cookies that the launch has set. */
  readonly cookie: string
}

/** Plays a launch without a browser up to the callback, so that the callback can be tried in wrong ways. */
export async function rawLaunch({ sandbox, facts }: Scene): Promise<Callback> {
  const { practitionerId, appointmentId } = facts
  const begun = await get(
    sandbox.ehr.launchUrl(
      `${sandbox.appUrl}/launch/provider`,
      { practitionerId, appointmentId },
      'appointment',
    ),
  )
  const authorized = await get(location(begun))
  return { url: location(authorized), cookie: cookiesOf(begun) }
}

/** Opens an address as a browser would, without following where it leads. */
export function get(url: string, cookie?: string): Promise<Response> {
  return fetch(url, { redirect: 'manual', ...(cookie === undefined ? {} : { headers: { cookie } }) })
}

/** The address with one character of a query parameter changed. */
export function withChanged(url: string, parameter: string): string {
  const changed = new URL(url)
  const value = changed.searchParams.get(parameter) ?? ''
  changed.searchParams.set(parameter, changedAt(value, Math.floor(value.length / 2)))
  return changed.href
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The text with another base64url character at that place: one bit of it, so that nothing else about it changes. */
export function changedAt(text: string, place: number): string {
  const other = BASE64URL[BASE64URL.indexOf(text[place] ?? '') ^ 0b010000] ?? 'A'
  return `${text.slice(0, place)}${other}${text.slice(place + 1)}`
}

function location(response: Response): string {
  const to = response.headers.get('location')
  if (response.status < 300 || response.status > 399 || !to)
    throw new Error(`a launch was answered ${response.status}`)
  return new URL(to, response.url).href
}

function cookiesOf(response: Response): string {
  const set = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  return set.join('; ')
}
