import type { SiteModel } from './model.ts'
import { Check, LongSetting } from './parts.tsx'

/** What hardly anybody has to touch. */
export const Advanced = ({ model }: { model: SiteModel }) => {
  const { launch, system, portal, capabilityFallback } = model.input
  const open = Object.keys(model.errors).some((field) => field.endsWith('.scopes'))
  return (
    <details class="card fold setting" id="advanced" open={open}>
      <summary>Advanced</summary>
      <div class="fields">
        <Check
          name="capabilityFallback"
          label="Allow sign-in addresses from the CapabilityStatement"
          hint="Only for an EHR without a smart-configuration: the older way cannot promise PKCE."
          checked={capabilityFallback}
        />
        <LongSetting
          model={model}
          name="launch.scopes"
          label="Scopes of the clinicians’ application"
          hint="As registered at the EHR; some spell version 2 (user/Appointment.rs)."
          value={launch.scopes}
        />
        <LongSetting
          model={model}
          name="system.scopes"
          label="Scopes of the system account"
          hint="Reading is enough; never online_access or offline_access."
          value={system.scopes}
        />
        <LongSetting
          model={model}
          name="portal.scopes"
          label="Scopes of the patients’ application"
          hint="Only used with the EHR’s patient portal."
          value={portal.scopes}
        />
      </div>
    </details>
  )
}
