import type { Tone } from '../../layout/components/message-bar.tsx'
import type { DoctorRunModel } from './model.ts'

type Verdict = { readonly tone: Tone; readonly title: string; readonly words?: string }

/** The run in one message. */
export function verdict(run: DoctorRunModel): Verdict {
  const { counts, lines } = run
  const done = lines.length - counts.waiting - counts.running
  switch (run.state) {
    case 'running':
      return {
        tone: 'info',
        title: `Running: ${done} of ${lines.length} checks done`,
        words: 'You may close this page; the run goes on, and its result is kept.',
      }
    case 'passed':
      return counts.warn === 0
        ? { tone: 'success', title: 'Everything that this site needs works.' }
        : {
            tone: 'success',
            title: 'Passed.',
            words: 'What is marked “to look at” works, and could be better.',
          }
    case 'problems':
      return {
        tone: 'error',
        title:
          counts.fail === 1 ? 'One thing needs to be mended.' : `${counts.fail} things need to be mended.`,
        words: 'Each line that failed says what to do. Then run the doctor again.',
      }
    case 'outdated':
      return {
        tone: 'warning',
        title: 'This result is of earlier settings.',
        words: 'The site was changed after this run.',
      }
    case 'lost':
      return {
        tone: 'warning',
        title: 'This run broke off.',
        words: 'Nothing was heard of it for ten minutes. Run the doctor again.',
      }
  }
}

/** What a screen reader hears when something changed: failures as they come up, and the end. */
export function announcement(run: DoctorRunModel | undefined): string {
  if (run === undefined) return ''
  const { title } = verdict(run)
  const failed = run.lines.filter(({ state }) => state === 'fail').map(({ title: name }) => name)
  return failed.length === 0 ? title : `${title} Failed: ${failed.join(', ')}.`
}
