import { changedAt, get } from './raw-launch.ts'
import { type Scene, visitRows } from './scene.ts'
import { expectThat } from './step.ts'

const TOKEN_LENGTH = 22

/** One tap, no script; then one button, and the browser is at Teams. Opening changes nothing, guessing finds nothing. */
export async function patientTapped(scene: Scene): Promise<string> {
  const { sandbox, phone, facts } = scene
  await findsNothingByGuessing(scene)
  const before = await versions(scene)
  const page = await phone.newPage()
  facts.lobbyPage = page
  await page.goto(facts.link)
  expectThat((await versions(scene)) === before, 'opening the link changed something')
  const forged = await fetch(`${facts.link}/join`, { method: 'POST', redirect: 'manual' })
  expectThat(!leadsTo(forged, sandbox.teams.url), 'a form without its token joined')
  expectThat((await onTheWayIn(scene)) === 0, 'a form without its token marked the patient')
  await page.locator('form[action$="/join"] button').click()
  await page.waitForURL((url) => url.href.startsWith(sandbox.teams.url))
  expectThat((await onTheWayIn(scene)) === 1, 'the visit row does not say that the patient is on the way in')
  const how = new URL(page.url()).pathname.startsWith('/visit/') ? 'by the virtual-appointment URL, ' : ''
  return `page: one button; table: patient on the way in; browser: at Teams, ${how}without an account`
}

/** Every link that differs from the true one in a single character leads nowhere. */
async function findsNothingByGuessing({ facts }: Scene): Promise<void> {
  const at = facts.link.length - TOKEN_LENGTH
  const places = Array.from({ length: TOKEN_LENGTH }, (_, place) => at + place)
  const answers = await Promise.all(places.map((place) => get(changedAt(facts.link, place))))
  const opened = answers.filter(({ status }) => status !== 404)
  expectThat(opened.length === 0, `${opened.length} links with a changed character opened something`)
}

/** Who wrote what last: the entity tags of all visit rows. */
async function versions(scene: Scene): Promise<string> {
  return (await visitRows(scene)).map(({ rowKey, etag }) => `${rowKey} ${etag}`).join('\n')
}

async function onTheWayIn(scene: Scene): Promise<number> {
  const rows = await visitRows(scene)
  return rows.filter(({ patientWaitingSince }) => patientWaitingSince !== undefined).length
}

function leadsTo(response: Response, origin: string): boolean {
  return (response.headers.get('location') ?? '').startsWith(origin)
}
