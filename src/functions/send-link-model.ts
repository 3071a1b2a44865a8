import { randomBytes } from 'node:crypto'
import { launchPath } from '../core/launches/session.ts'
import { textLanguage } from '../core/messaging/compose.ts'
import { LINK_ROLES } from '../core/visits/extra-links.ts'
import type { SendLinkModel } from '../pages/appointment/links-model.ts'
import { ROLE_WORDS } from './live-model.ts'
import type { OpenedVisit } from './open-call.ts'
import type { LaunchCall } from './session.ts'

const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'es', label: 'Español' },
  { value: 'fr', label: 'Français' },
]

/** The form that sends a link; filled in as it was where it was not taken. */
export function sendLinkModel(
  { session }: Pick<LaunchCall, 'session'>,
  { site, patient, unread }: Pick<OpenedVisit, 'site' | 'patient' | 'unread'>,
  refused: Pick<SendLinkModel, 'given' | 'problem'> | undefined,
  roles: readonly (typeof LINK_ROLES)[number][] = LINK_ROLES,
): SendLinkModel {
  return {
    action: `${launchPath(session.launchId)}/send`,
    form: randomBytes(12).toString('base64url'),
    roles: roles.map((role) => ({ value: role, label: ROLE_WORDS[role] })),
    ways: [
      ...(site.texts.sender === undefined ? [] : [{ value: 'sms', label: 'Text message' }]),
      ...(site.emails === undefined ? [] : [{ value: 'email', label: 'E-mail' }]),
    ],
    languages: LANGUAGES,
    chartUnread: unread !== undefined && patient === undefined,
    given: refused?.given ?? { language: textLanguage(patient?.language, site.texts.defaultLanguage) },
    problem: refused?.problem,
  }
}
