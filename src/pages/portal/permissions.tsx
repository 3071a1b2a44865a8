import type { Rendered } from '../layout/document.ts'
import { liveRefresh } from '../layout/live-refresh.ts'
import { CopyStatus, copyScript } from './layout/copy.tsx'
import { portalDocument } from './layout/portal-document.tsx'
import { WizardEnd } from './layout/wizard-end.tsx'
import { Consent } from './permissions/consent.tsx'
import type { PermissionsModel } from './permissions/model.ts'
import { Organizers } from './permissions/organizers.tsx'
import { pickerScript } from './permissions/picker.tsx'
import { Policy } from './permissions/policy.tsx'
import { permissionsStyles } from './permissions/styles.ts'

/** Seconds between two looks while a check goes on. */
const LOOK = 5

/** What the connector may do in the organization, and the accounts that organize its meetings. */
export function permissionsPage(model: PermissionsModel): Rendered {
  const { frame, policy } = model
  const open = policy.run?.open === true
  return portalDocument({
    frame,
    title: 'Permissions',
    lead: 'What the connector may do in your organization, and in whose name it creates the meetings of visits.',
    styles: permissionsStyles,
    scripts: [copyScript, pickerScript, ...(open ? [liveRefresh] : [])],
    ...(open ? { refreshSeconds: 30 } : {}),
    children: (
      <>
        <p class="sr-only" id="announce" role="status" />
        <CopyStatus />
        <div class="stack" data-refresh={open ? LOOK : undefined}>
          <Consent {...model} />
          <Organizers {...model} />
          <Policy {...model} />
        </div>
        <WizardEnd step="permissions" />
      </>
    ),
  })
}
