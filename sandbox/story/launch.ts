import { changedAt, get, rawLaunch, withChanged } from './raw-launch.ts'
import type { Scene } from './scene.ts'
import { expectThat } from './step.ts'

/** The clinician clicks the Teams column: SMART launch, up to Microsoft's sign-in. Forged ones get nowhere. */
export async function launched(scene: Scene): Promise<string> {
  const { sandbox, clinician, facts } = scene
  const { practitionerId, appointmentId } = facts
  await refusesUnknownEhr(scene)
  await refusesWrongCallbacks(scene)
  await refusesForeignIdToken(scene)
  const before = codesExchanged(scene)
  facts.launchUrl = sandbox.ehr.launchUrl(
    `${sandbox.appUrl}/launch/provider`,
    { practitionerId, appointmentId },
    'appointment',
  )
  const page = await clinician.newPage()
  facts.visitPage = page
  await page.goto(facts.launchUrl)
  await page.waitForURL((url) => url.href.startsWith(sandbox.entra.signInUrl))
  expectThat(codesExchanged(scene) > before, 'no code was exchanged at the EHR')
  return 'EHR: authorization code exchanged, no forged launch got that far; browser: at Microsoft’s sign-in'
}

/** A launch from a FHIR server that nobody set up: refused, and that server is not even asked who it is. */
async function refusesUnknownEhr({ sandbox }: Scene): Promise<void> {
  const { ehr, appUrl } = sandbox
  const strange = new URL(ehr.fhirBaseUrl)
  strange.pathname = '/r4/an-ehr-that-nobody-set-up'
  const query = new URLSearchParams({ iss: strange.href, launch: 'any' })
  const before = ehr.ledger.length
  const answer = await get(`${appUrl}/launch/provider?${query}`)
  const asked = ehr.ledger.slice(before).some(({ path }) => path.startsWith(strange.pathname))
  expectThat(!asked, 'an EHR that nobody set up was asked something')
  expectThat(answer.status === 403, `a launch from an EHR that nobody set up was answered ${answer.status}`)
}

/** A callback counts once, unchanged, in the browser that began the launch; otherwise its code is not even tried. */
async function refusesWrongCallbacks(scene: Scene): Promise<void> {
  const { url, cookie } = await rawLaunch(scene)
  const stranger = `__Host-browser=${changedAt(/=([\w-]{43})/.exec(cookie)?.[1] ?? '', 7)}`
  const before = codesExchanged(scene)
  const refused = async (what: string, address: string, cookies: string, tried = before) => {
    const { status } = await get(address, cookies)
    expectThat(codesExchanged(scene) === tried, `a code was tried for a callback ${what}`)
    expectThat(status >= 400, `a callback ${what} was answered ${status}`)
  }
  await refused('with a changed state', withChanged(url, 'state'), cookie)
  await refused('in another browser', url, stranger)
  const { status } = await get(url, cookie)
  expectThat(status === 303 && codesExchanged(scene) === before + 1, `a true callback was answered ${status}`)
  await refused('that was used before', url, cookie, before + 1)
}

/** An id_token that was made for another launch opens no session. */
async function refusesForeignIdToken(scene: Scene): Promise<void> {
  const { ehr } = scene.sandbox
  ehr.setNonce('the-nonce-of-another-launch')
  try {
    const { url, cookie } = await rawLaunch(scene)
    const answer = await get(url, cookie)
    expectThat(answer.status >= 400, 'an id_token of another launch was taken')
    expectThat(
      !answer.headers.getSetCookie().some((line) => line.startsWith('__Secure-launch')),
      'an id_token of another launch opened a session',
    )
  } finally {
    ehr.setNonce(undefined)
  }
}

/** Requests for a token that the EHR got, whatever it made of them. */
function codesExchanged({ sandbox }: Scene): number {
  return sandbox.ehr.ledger.filter(({ method, path }) => method === 'POST' && path.includes('/token')).length
}
