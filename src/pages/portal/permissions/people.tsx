import { ButtonLink } from '../../layout/components/button.tsx'
import type { Rendered } from '../../layout/document.ts'
import type { Frame } from '../layout/frame.ts'
import { portalDocument } from '../layout/portal-document.tsx'
import { type Candidate, Found, Picker, pickerScript } from './picker.tsx'
import { permissionsStyles } from './styles.ts'

export type PeopleModel = {
  readonly frame: Frame
  readonly version: string
  readonly typed: string
  /** Undefined where Microsoft could not be asked: `problem` says why. */
  readonly people: readonly Candidate[] | undefined
  readonly problem: string | undefined
}

/** The people picker where there is no script. */
export function peoplePage(model: PeopleModel): Rendered {
  return portalDocument({
    frame: model.frame,
    title: 'Choose an organizer account',
    lead: 'Accounts of your organization, as Microsoft Entra lists them.',
    scripts: [pickerScript],
    styles: permissionsStyles,
    children: (
      <>
        <div class="card">
          <Picker typed={model.typed} results={<Found {...model} />} />
        </div>
        <div class="actions">
          <ButtonLink href="/portal/permissions">Back to Permissions</ButtonLink>
        </div>
      </>
    ),
  })
}
