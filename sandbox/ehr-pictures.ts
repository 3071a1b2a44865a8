import type { Browser, Page } from 'playwright-core'
import { ACCOUNTS } from './entra/tenants.ts'
import type { Sandbox } from './sandbox.ts'

type Save = (from: Pick<Page, 'screenshot'>, name: string) => Promise<void>

/** What the EHR's team sees of the connector: the record that they register from, and the launch inside a frame. */
export async function ehrPictures(sandbox: Sandbox, browser: Browser, save: Save): Promise<void> {
  await providerRecord(sandbox, browser, save)
  await framedLaunch(sandbox, browser, save)
}

async function providerRecord({ appUrl }: Sandbox, browser: Browser, save: Save): Promise<void> {
  const page = await (await browser.newContext({ viewport: { width: 1180, height: 860 } })).newPage()
  await page.goto(`${appUrl}/portal`)
  await page.getByRole('link', { name: 'Sign in with Microsoft' }).click()
  await page.locator(`button[name="account"][value="${ACCOUNTS.northwind.administrator}"]`).click()
  await page.waitForURL((url) => url.href.startsWith(`${appUrl}/portal/`))
  await page.goto(`${appUrl}/portal/review`)
  // The records of a site that is finished are folded: no role finds them.
  const record = page.locator('.record', { hasText: 'Provider record' }).first()
  await record.evaluate((section) => section.closest('details')?.setAttribute('open', ''))
  await save(record, 'ehr-provider-record')
  await page.context().close()
}

/** As MPages does it: a component of the chart is a frame, and the launch in it offers the one way out. */
async function framedLaunch({ ehr, appUrl }: Sandbox, browser: Browser, save: Save): Promise<void> {
  const page = await (await browser.newContext({ viewport: { width: 900, height: 430 } })).newPage()
  const [row] = ehr.board().filter(({ video }) => video)
  if (!row) throw new Error('the EHR has no video visit today')
  const { practitionerId, patientId, appointmentId } = row
  const launch = ehr.launchUrl(`${appUrl}/launch/provider`, { practitionerId, patientId, appointmentId })
  // Only a page of the EHR's own origin may frame the launch.
  await page.goto(`${ehr.fhirBaseUrl}/metadata`)
  await page.evaluate((src) => {
    document.documentElement.innerHTML = `<body style="margin:0;font:14px/1.4 sans-serif;background:#e8ebef">
      <div style="background:#2d4150;color:#fff;padding:10px 16px">Chart of a synthetic patient</div>
      <div style="padding:14px 16px 6px;font-weight:600">Teams visit (MPages component)</div></body>`
    const frame = document.createElement('iframe')
    frame.setAttribute(
      'style',
      'margin:0 16px;width:calc(100% - 34px);height:330px;border:1px solid #b9c2cc;background:#fff',
    )
    frame.src = src
    document.body.append(frame)
  }, launch)
  await page.frameLocator('iframe').getByRole('link', { name: 'Open video visit' }).waitFor()
  await save(page, 'ehr-framed-launch')
  await page.context().close()
}

/** The day of the clinician of an appointment, launched from the EHR's menu in a browser that is signed in. */
export async function dayBoardPicture(
  { ehr, appUrl }: Sandbox,
  clinician: Page,
  appointmentId: string,
  save: Save,
): Promise<void> {
  const practitionerId = ehr.board().find((row) => row.appointmentId === appointmentId)?.practitionerId ?? ''
  await clinician.setViewportSize({ width: 1120, height: 620 })
  await clinician.goto(ehr.launchUrl(`${appUrl}/launch/provider`, { practitionerId }, 'none'))
  await clinician.getByRole('heading', { name: 'Today’s video visits' }).waitFor()
  await save(clinician, 'clinician-board')
}
