import { type Clinician, SYNTHETIC } from '../clinic.ts'

const CLINICIANS = [
  ['4122622', 'Adler', 'Ana', 'MD', 'aadler'],
  ['4122630', 'Bauer', 'Mateo', 'MD', 'mbauer'],
  ['4122641', 'Chén', 'Líng', 'MD', 'lchen'],
  ['4122655', 'Dupré', 'Éloïse', 'NP', 'edupre'],
  ['4122668', 'Osei', 'Kwame', 'MD', 'kosei'],
  ['4122679', "O'Hara", 'Fiona', 'PhD', 'fohara'],
] as const

/** Clinicians with their EHR sign-ins. As at Oracle Health, a Practitioner carries no e-mail. */
export function practitioners(): Clinician[] {
  return CLINICIANS.map(([id, family, given, degree, username]) => ({
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
