import type { Rendered } from '../layout/document.ts'
import { Questions } from './begin/asked.tsx'
import { Found } from './begin/found.tsx'
import type { BeginModel } from './begin/model.ts'
import { CopyStatus, copyScript } from './layout/copy.tsx'
import { portalDocument } from './layout/portal-document.tsx'
import { WizardEnd } from './layout/wizard-end.tsx'
import { permissionsStyles } from './permissions/styles.ts'

const beginStyles = `
.plain{list-style:none;padding:0}
.questions{display:grid}
.asked{padding-block:var(--s5);border-block-start:1px solid var(--line)}
.asked>*{min-inline-size:0;max-inline-size:44rem}
.asked legend{float:inline-start;inline-size:100%}
.asked legend+*{clear:both}
.asked:first-child{padding-block-start:0;border-block-start:0}
.radios{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem}
.radio{display:inline-flex;align-items:center;gap:.5rem;min-block-size:2rem}
.radio input{inline-size:1.125rem;block-size:1.125rem;margin:0;accent-color:var(--brand)}
.remedy-line{padding:.5rem .75rem;border-inline-start:3px solid var(--bad-line);background:var(--bad)}
`

/** The prerequisites: what can be found out is, what cannot is asked. */
export function beginPage(model: BeginModel): Rendered {
  return portalDocument({
    frame: model.frame,
    title: 'Before you begin',
    lead: 'What has to be in place before the first visit. Nothing here stops you from going on; what is missing shows later, at a worse time.',
    styles: permissionsStyles + beginStyles,
    scripts: [copyScript],
    children: (
      <>
        <CopyStatus />
        <Found {...model} />
        <Questions {...model} />
        <WizardEnd step="begin" />
      </>
    ),
  })
}
