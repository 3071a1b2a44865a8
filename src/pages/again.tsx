import { clinicianStyles } from './layout/clinician-styles.ts'
import { document, type Rendered } from './layout/document.ts'

/** The answer to a look whose page has to be read again: nobody sees it, the script on the page does. */
export function againPage(): Rendered {
  return document({
    title: 'Changed',
    lang: 'en',
    dir: 'ltr',
    styles: clinicianStyles,
    children: (
      <main data-again>
        <p>Something changed. Load the page again.</p>
      </main>
    ),
  })
}
