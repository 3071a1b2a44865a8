import type { IconName } from '../layout/icons.tsx'
import type { Words } from '../words/index.ts'
import type { PatientModel, PatientState } from './model.ts'

type Presentation = {
  readonly icon: IconName
  readonly tone: 'brand' | 'warning' | 'quiet'
  readonly words: (words: Words) => { readonly title: string; readonly lead: string }
  /** Seconds between two looks at the server; undefined where nothing more is expected. */
  readonly lookSeconds?: number
  /** Whether a browser without script loads the page again by itself. Not while somebody is about to join. */
  readonly reload: boolean
}

/** How each state looks and what it says. */
export const PRESENTATION: Record<PatientState, Presentation> = {
  too_early: { icon: 'clock', tone: 'brand', words: (w) => w.tooEarly, lookSeconds: 30, reload: true },
  ready: { icon: 'video', tone: 'brand', words: (w) => w.ready, lookSeconds: 30, reload: false },
  late: { icon: 'clock', tone: 'warning', words: (w) => w.late, lookSeconds: 30, reload: true },
  moved: { icon: 'calendar', tone: 'brand', words: (w) => w.moved, lookSeconds: 30, reload: true },
  cancelled: { icon: 'error', tone: 'quiet', words: (w) => w.cancelled, reload: false },
  not_video: { icon: 'person', tone: 'quiet', words: (w) => w.notVideo, reload: false },
  over: { icon: 'check', tone: 'quiet', words: (w) => w.over, reload: false },
  not_found: { icon: 'question', tone: 'quiet', words: (w) => w.notFound, reload: false },
  unavailable: {
    icon: 'warning',
    tone: 'warning',
    words: (w) => w.unavailable,
    lookSeconds: 20,
    reload: true,
  },
}

/** Hours away, the page looks less often: nobody is waiting, and a phone in a pocket should not ask the EHR. */
export function lookSeconds(model: PatientModel): number | undefined {
  const usual = PRESENTATION[model.state].lookSeconds
  return 'minutesUntil' in model && model.minutesUntil > 120 ? 300 : usual
}

/** What the page differs by: the live script changes it only when this does. */
export function sign(model: PatientModel): string {
  const start = 'start' in model ? model.start?.iso : undefined
  const expected = 'expected' in model ? model.expected?.iso : undefined
  const joinable = 'join' in model && model.join !== undefined
  const pressed = 'pressedAt' in model ? model.pressedAt?.iso : undefined
  const failed = 'joinFailed' in model && model.joinFailed
  return [
    model.state,
    start ?? '',
    expected ?? '',
    joinable ? 'join' : '',
    pressed ?? '',
    failed ? 'failed' : '',
  ].join('|')
}
