import { mkdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { clinicianDocument } from '../../src/pages/layout/clinician-document.tsx'
import { Badge } from '../../src/pages/layout/components/badge.tsx'
import { Button } from '../../src/pages/layout/components/button.tsx'
import { Card } from '../../src/pages/layout/components/card.tsx'
import { TextField } from '../../src/pages/layout/components/field.tsx'
import { MessageBar } from '../../src/pages/layout/components/message-bar.tsx'
import { StepNav } from '../../src/pages/layout/components/step-nav.tsx'
import { Table } from '../../src/pages/layout/components/table.tsx'
import { samples } from '../unit/pages/samples.ts'

/** The parts that no page uses yet, together, so that they are looked at and checked like the rest. */
const components = clinicianDocument({
  title: 'Components',
  end: <a href="#main">Sign out</a>,
  children: (
    <div class="stack">
      <h1>Components</h1>
      <StepNav
        label="Steps"
        words={{ done: 'done', problem: 'needs attention' }}
        steps={[
          { label: 'Before you begin', href: '#1', state: 'done' },
          { label: 'Permissions', href: '#2', state: 'problem' },
          { label: 'Configuration information', href: '#3', state: 'current' },
          { label: 'SMS notifications', state: 'todo' },
        ]}
      />
      <MessageBar tone="info" title="For your information">
        <p>The carrier verifies toll-free numbers.</p>
      </MessageBar>
      <MessageBar tone="success">
        <p>Saved.</p>
      </MessageBar>
      <MessageBar tone="warning" title="Not linked yet">
        <p>Link the number to a site.</p>
      </MessageBar>
      <MessageBar tone="error" title="Not saved">
        <p>One field needs your attention.</p>
      </MessageBar>
      <Card id="fields" heading="Fields">
        <div class="stack">
          <TextField
            id="url"
            name="url"
            type="url"
            label="FHIR base URL"
            hint="Without /metadata at the end."
            error="The server answered in FHIR DSTU2. This app needs R4."
            value="https://ehr.example/dstu2"
            required
          />
          <TextField id="dept" name="department" label="Department" />
          <div class="actions">
            <Button look="primary">Done</Button>
            <Button>Cancel</Button>
            <Button look="subtle">Add FHIR base URL</Button>
          </div>
        </div>
      </Card>
      <Card id="sites" heading="Sites">
        <Table
          id="sites-table"
          caption="FHIR base URLs"
          captionHidden
          columns={[
            { label: 'FHIR base URL' },
            { label: 'Environment' },
            { label: 'State' },
            { label: 'Visits', numeric: true },
          ]}
          rows={[
            ['https://ehr.example/r4/a', 'Testing', <Badge tone="success">Connected</Badge>, '12'],
            ['https://ehr.example/r4/b', 'Production', <Badge tone="error">No answer</Badge>, '1,204'],
          ]}
        />
      </Card>
    </div>
  ),
})

/** Every page in every state, and the components. Synthetic data. */
export const gallery = [...samples, { name: 'components', page: components }]

type Look = {
  readonly width: number
  readonly look: string
  readonly colorScheme: 'light' | 'dark'
  readonly media: 'screen' | 'print'
}

/** Pictures of the gallery in `folder`, at phone and desktop width, light, dark and on paper; `filter` is part of a name. */
async function takePictures(folder: string, filter: string): Promise<void> {
  const { launchBrowser } = await import('../../sandbox/browser.ts')
  mkdirSync(folder, { recursive: true })
  const browser = await launchBrowser()
  const looks: Look[] = [390, 1280].flatMap((width) => [
    { width, look: `${width}-light`, colorScheme: 'light' as const, media: 'screen' as const },
    { width, look: `${width}-dark`, colorScheme: 'dark' as const, media: 'screen' as const },
  ])
  // A sheet of A4 between its margins; whoever prints may work in the dark.
  looks.push({ width: 718, look: 'paper', colorScheme: 'dark', media: 'print' })
  for (const { width, look, colorScheme, media } of looks) {
    const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme })
    const tab = await context.newPage()
    await tab.emulateMedia({ media, colorScheme })
    for (const { name, page } of gallery.filter((entry) => entry.name.includes(filter))) {
      await tab.setContent(page.html)
      await tab.screenshot({ path: `${folder}/pages-${name}-${look}.png`, fullPage: true })
    }
    await context.close()
  }
  await browser.close()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [folder, filter = ''] = process.argv.slice(2)
  if (folder === undefined) throw new Error('usage: tsx tests/e2e/pages-gallery.tsx FOLDER [part of a name]')
  await takePictures(folder, filter)
}
