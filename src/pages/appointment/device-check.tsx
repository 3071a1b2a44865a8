import type { DeviceLine } from './model.ts'

/** Part of the check and result -> what a clinician reads; `pass` and an unknown result need no words of their own. */
const RESULTS: Readonly<Record<string, string>> = {
  pass: 'works',
  blocked: 'not allowed in the browser',
  missing: 'not found',
  busy: 'in use by another app',
  silent: 'nothing heard',
  slow: 'slow',
  fail: 'does not work',
}

/** The patient's device check in one line: `camera works, microphone not allowed in the browser`. */
export function deviceWords({ results }: DeviceLine): string {
  return results.map(({ part, result }) => `${part} ${RESULTS[result] ?? 'does not work'}`).join(', ')
}

/** What passed and failed when the patient tried their device; they may have mended it since. */
export const DeviceCheckLine = ({ check }: { check: DeviceLine | undefined }) =>
  check === undefined ? null : (
    <p>
      {'Device check by the patient at '}
      {check.at}: {deviceWords(check)}.
    </p>
  )
