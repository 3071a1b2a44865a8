import type { VideoRule } from '../site.ts'
import type { Tell } from './read-settings.ts'

/** Codes and names may hold spaces, so commas and lines alone separate them. */
export function readVideoRule(kind: string, codes: string, tell: Tell): VideoRule | undefined {
  if (kind === 'virtual_meeting_room' || kind === 'virtual_service') return { kind }
  if (kind !== 'service_type') return tell('video', 'Choose how a video visit is recognised.')
  const list = [
    ...new Set(
      codes
        .split(/[,\n]/)
        .map((code) => code.trim())
        .filter(Boolean),
    ),
  ]
  if (list.length === 0) return tell('video.codes', 'Enter at least one code or name of a service type.')
  if (list.length > 50 || list.some((code) => code.length > 100))
    return tell('video.codes', 'At most 50 codes of at most 100 characters.')
  return { kind, codes: list }
}
