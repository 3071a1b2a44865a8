import { z } from 'zod'
import type { Site } from '../site.ts'
import type { SettingsInput } from './input.ts'
import type { Tell } from './read-settings.ts'

/**
 * E-mails of a site as the form wants them. Switched on anew they begin with what happens from now on: whoever was booked
 * before is not told by e-mail.
 */
export function readEmails(
  { emails: { on, sender } }: SettingsInput,
  before: Site['emails'],
  now: Date,
  tell: Tell,
): Site['emails'] {
  if (sender === '') {
    if (on) tell('emails.sender', 'Enter the address that e-mails come from.')
    return undefined
  }
  if (!z.email().safeParse(sender).success) {
    tell('emails.sender', 'This is not an e-mail address.')
    return undefined
  }
  const since = on && before?.on !== true ? now.toISOString() : (before?.since ?? now.toISOString())
  return { on, sender, since }
}
