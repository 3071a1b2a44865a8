/** The application permissions that the product's registration asks for: what `/.default` means for it. */
export const APPLICATION_PERMISSIONS = [
  'OnlineMeetings.ReadWrite.All',
  'OnlineMeetingArtifact.Read.All',
  'User.Read.All',
  'VirtualAppointment.Read.All',
  'Organization.Read.All',
  'CallRecords.Read.All',
] as const

/** Display names as Entra's consent page words them (Microsoft Graph permissions reference). */
const WORDS: Readonly<Record<string, readonly [title: string, description: string]>> = {
  'OnlineMeetings.ReadWrite.All': [
    'Read and create online meetings',
    'Allows the app to read and create online meetings as an application in your organization.',
  ],
  'OnlineMeetingArtifact.Read.All': [
    'Read online meeting artifacts',
    'Allows the app to read online meeting artifacts, such as attendance reports, in your organization.',
  ],
  'User.Read.All': [
    "Read all users' full profiles",
    'Allows the app to read user profiles without a signed-in user.',
  ],
  'VirtualAppointment.Read.All': [
    'Read all virtual appointments for users',
    'Allows the app to read virtual appointments for all users, without a signed-in user.',
  ],
  'Organization.Read.All': [
    'Read organization information',
    'Allows the app to read the organization and related resources, such as subscribed licenses.',
  ],
  'CallRecords.Read.All': [
    'Read all call records',
    'Allows the app to read call records for all calls and online meetings without a signed-in user.',
  ],
}

/** What the consent page says of one permission; the bare value where no words are known. */
export function describe(permission: string): { value: string; title: string; description: string } {
  const [title, description] = WORDS[permission] ?? [permission, '']
  return { value: permission, title, description }
}
