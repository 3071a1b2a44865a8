import type { Tone } from '../../layout/components/message-bar.tsx'

/** The steps of the setup, in the order of the wizard. */
export const STEPS = [
  { id: 'begin', label: 'Before you begin', href: '/portal/begin' },
  { id: 'permissions', label: 'Permissions', href: '/portal/permissions' },
  { id: 'sites', label: 'Configuration information', href: '/portal/sites' },
  { id: 'texts', label: 'SMS notifications', href: '/portal/texts' },
  { id: 'review', label: 'Review and finish', href: '/portal/review' },
] as const

/** What is looked at once the setup is done. `needs`: a right without which the link is left out. */
export const PLACES = [
  { id: 'clinicians', label: 'Clinicians', href: '/portal/clinicians', needs: 'configure' },
  { id: 'messages', label: 'Messages', href: '/portal/messages', needs: 'configure' },
  { id: 'reports', label: 'Reports', href: '/portal/reports', needs: 'reports' },
  { id: 'history', label: 'History', href: '/portal/history', needs: undefined },
] as const satisfies readonly {
  id: string
  label: string
  href: string
  needs: 'configure' | 'reports' | undefined
}[]

export type StepId = (typeof STEPS)[number]['id']
export type PortalSection = StepId | (typeof PLACES)[number]['id']

/** A message about what was just done, in words of ours. */
export type Notice = { readonly tone: Tone; readonly title: string; readonly words?: string | undefined }

/** What every page of the portal shows around its content. */
export type Frame = {
  readonly section: PortalSection
  /** For the sign-out form, and for the forms of the page. */
  readonly csrf: string
  readonly who: { readonly name: string; readonly upn: string; readonly organization?: string | undefined }
  readonly may: { readonly configure: boolean; readonly reports: boolean }
  readonly progress: Readonly<Record<StepId, 'done' | 'todo' | 'problem'>>
  readonly notice?: Notice | undefined
  readonly links: { readonly terms?: string | undefined; readonly privacy?: string | undefined }
}
