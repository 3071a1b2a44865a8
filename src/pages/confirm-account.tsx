import { clinicianDocument } from './layout/clinician-document.tsx'
import { Button } from './layout/components/button.tsx'
import { PostForm } from './layout/components/post-form.tsx'
import type { Rendered } from './layout/document.ts'

export type ConfirmAccountModel = {
  /** Who is signed in to the EHR, as the EHR names them; the user id where it gives no name. */
  readonly ehrUser: { readonly display: string; readonly username?: string | undefined }
  readonly upn: string
  readonly displayName?: string | undefined
  readonly action: string
  readonly csrf: string
}

/** The names of the form's fields; `answer` is one of the values. */
export const CONFIRM_ACCOUNT_FORM = {
  csrf: 'csrf',
  answer: 'answer',
  yes: 'yes',
  another: 'another',
} as const

const Person = ({ label, name, detail }: { label: string; name: string; detail?: string | undefined }) => (
  <div class="person">
    <dt>{label}</dt>
    <dd>
      <strong>{name}</strong>
      {detail === undefined || detail === name ? null : (
        <>
          <br />
          <span class="quiet">{detail}</span>
        </>
      )}
    </dd>
  </div>
)

/** Asked once for each EHR user: on a shared workstation the Microsoft session may be somebody else's. */
export function confirmAccountPage(model: ConfirmAccountModel): Rendered {
  const form = CONFIRM_ACCOUNT_FORM
  return clinicianDocument({
    title: 'Confirm your account',
    narrow: true,
    children: (
      <div class="card panel">
        <div class="part">
          <h1>Is this you?</h1>
          <p class="lead">
            EHR user <strong>{model.ehrUser.display}</strong> will join Teams visits as{' '}
            <strong>{model.upn}</strong>. Right?
          </p>
        </div>
        <dl class="people">
          <Person label="In the EHR" name={model.ehrUser.display} detail={model.ehrUser.username} />
          <Person label="In Microsoft Teams" name={model.displayName ?? model.upn} detail={model.upn} />
        </dl>
        <PostForm action={model.action} fields={{ [form.csrf]: model.csrf }}>
          <div class="actions">
            <Button look="primary" large name={form.answer} value={form.yes}>
              Yes, continue
            </Button>
            <Button large name={form.answer} value={form.another}>
              Use another account
            </Button>
          </div>
        </PostForm>
        <p class="ref">
          If you share this computer, make sure that the Teams account is yours. You can change it later with
          “Not you?” on the appointment page.
        </p>
      </div>
    ),
  })
}
