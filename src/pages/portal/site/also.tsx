import type { SiteModel } from './model.ts'
import { Check, Part, Setting } from './parts.tsx'

/** E-mails beside texts, and what is written into the EHR: both off until somebody wants them. */
export const Emails = ({ model }: { model: SiteModel }) => (
  <Part id="emails" heading="E-mail">
    <Check
      name="emails.on"
      label="Tell patients by e-mail too"
      hint="About what texts are about, with a calendar entry that moves and goes with the visit, whether texts are on or not. Begins with what happens from now on."
      checked={model.input.emails.on}
    />
    <Setting
      model={model}
      name="emails.sender"
      label="Sender address"
      hint="Of a domain that is linked to the Communication Services resource, such as DoNotReply@visits.example.org."
      value={model.input.emails.sender}
      maxlength={200}
    />
  </Part>
)

export const WriteBack = ({ model }: { model: SiteModel }) => (
  <Part id="write-back" heading="Writing back to the EHR">
    <Check
      name="writeBack.links"
      label="Fill in the appointment’s video links"
      hint="Oracle Health’s own fields. The system account needs the scope system/Appointment.write."
      checked={model.input.writeBack.links}
    />
    <Check
      name="writeBack.arrived"
      label="Set the status “arrived” when the patient waits"
      hint="Only where the status is “booked”. Needs the same scope."
      checked={model.input.writeBack.arrived}
    />
  </Part>
)
