/** What an application permission on Microsoft Graph is asked for. */
export type Permission = {
  /** Its value in a token's `roles` (Microsoft Graph permissions reference). */
  readonly name: string
  /** Without a required one there are no visits; without an optional one, something of the product is missing. */
  readonly required: boolean
  /** Only where the operator chose so is it in the application, and part of a consent. */
  readonly onRequest?: true
  /** What the connector does with it, in one line. */
  readonly why: string
  /** What does not work while it is missing. */
  readonly without: string
}

/**
 * The application permissions of the product, and why. The Entra application (infra/entra/application.mjs) asks for
 * exactly these, for those on request where the operator chose them; a guard compares the two, and the sandbox's Entra.
 */
export const permissions: readonly Permission[] = [
  {
    name: 'OnlineMeetings.ReadWrite.All',
    required: true,
    why: 'Creates the Teams meeting of a visit, for the organizer accounts that you release below and for nobody else, and tells who waits in its lobby.',
    without: 'No visit can be opened.',
  },
  {
    name: 'User.Read.All',
    required: true,
    why: 'Finds the organizer accounts, and checks that a clinician who joins is still with you. Names are read, never stored.',
    without: 'No clinician can open a visit, and organizers cannot be chosen.',
  },
  {
    name: 'OnlineMeetingArtifact.Read.All',
    required: false,
    why: 'Reads when people joined and left a visit, for the reports.',
    without: 'The reports show no waiting times and no lengths of visits.',
  },
  {
    name: 'VirtualAppointment.Read.All',
    required: false,
    why: 'Reads the address by which a patient joins in the browser without any choice of apps.',
    without: 'Patients choose once more between browser and app.',
  },
  {
    name: 'Organization.Read.All',
    required: false,
    why: 'Counts the licences of your organization that include Teams, for the checklist.',
    without: 'The checklist cannot tell how many licences there are.',
  },
  {
    name: 'CallRecords.Read.All',
    required: false,
    onRequest: true,
    why: 'Reads the quality of sound and picture of a visit, for the reports. It opens the records of every call of your organization: it is asked for only where whoever runs this deployment chose call quality.',
    without: 'The reports show no call quality.',
  },
]

/** What of the list is granted and what is not, by the roles that a token carries. Pure. */
export function missingPermissions(roles: readonly string[]): {
  readonly required: readonly string[]
  readonly optional: readonly string[]
} {
  const missing = permissions.filter(({ name, onRequest }) => !onRequest && !roles.includes(name))
  return {
    required: missing.filter(({ required }) => required).map(({ name }) => name),
    optional: missing.filter(({ required }) => !required).map(({ name }) => name),
  }
}
