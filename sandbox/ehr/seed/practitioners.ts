import { type Clinician, SYNTHETIC } from '../clinic.ts'

/** The clinic's people have accounts of the same names in the sandbox's Microsoft tenant; O'Hara has none yet. */
const CLINICIANS = [
  ['4122622', 'Okafor', 'Maya', 'MD', 'mokafor'],
  ['4122630', 'Chen', 'Liam', 'MD', 'lchen'],
  ['4122641', 'Marín', 'Sofía', 'MD', 'smarin'],
  ['4122655', 'Nair', 'Priya', 'NP', 'pnair'],
  ['4122668', 'Weber', 'Jonas', 'MD', 'jweber'],
  ['4122679', "O'Hara", 'Fiona', 'PhD', 'fohara'],
] as const

export type Person = readonly [id: string, family: string, given: string, degree: string, username: string]

/** Clinicians with their EHR sign-ins. As at Oracle Health, a Practitioner carries no e-mail. */
export function practitioners(people: readonly Person[] = CLINICIANS): Clinician[] {
  return people.map(([id, family, given, degree, username]) => ({
    id,
    username,
    name: `${family} ${degree}, ${given}`,
    resource: {
      resourceType: 'Practitioner',
      id,
      meta: { versionId: '0', tag: [SYNTHETIC] },
      identifier: [{ system: 'urn:sandbox:synthetic:practitioner', value: id }],
      active: true,
      name: [
        { use: 'usual', text: `${family} ${degree}, ${given}`, family, given: [given], suffix: [degree] },
      ],
    },
  }))
}
