import { ACCOUNTS, NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../entra/tenants.ts'

/** Who plays the story, and where: two patients and a clinician of one of the sandbox's clinics. Synthetic people. */
export type Cast = {
  readonly tenantId: string
  /** Entra account of the clinician who launches: the first practitioner of the clinic's EHR. */
  readonly clinician: string
  /** Two patients with a mobile number: the second one's visit is later and is reminded of. */
  readonly patientId: string
  readonly laterPatientId: string
  /** How many departments of the site are swept; absent = one for each location of the EHR. */
  readonly departments?: number
}

/** The clinic that is set up when the sandbox starts. */
export const NORTHWIND_CAST: Cast = {
  tenantId: NORTHWIND_HEALTH,
  clinician: ACCOUNTS.northwind.familyDoctor,
  patientId: '12724110',
  laterPatientId: '12724101',
}

/** The clinic that somebody has set up in the portal since; its EHR is `sandbox.woodgroveEhr`. */
export const WOODGROVE_CAST: Cast = {
  tenantId: WOODGROVE_CLINICS,
  clinician: ACCOUNTS.woodgrove.clinician,
  patientId: '12724602',
  laterPatientId: '12724605',
}
