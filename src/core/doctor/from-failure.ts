import { wordsOf } from '../failures.ts'
import type { Failure } from '../result.ts'
import { failed, type Outcome } from './line.ts'

/**
 * A failed line in the words that the rest of the product has for the same failure; what to do is said to an
 * administrator here, where those words speak to a clinician.
 */
export function fromFailure({ code, shown }: Failure, remedy = remedyOf(code)): Outcome {
  const { what } = wordsOf({ code })
  const said = Object.values(shown ?? {}).join(' ')
  return failed(code, said ? `${what} It said: ${said}`.slice(0, 1000) : what, remedy)
}

function remedyOf(code: string): string {
  const again = 'Run the doctor again in some minutes.'
  return code.startsWith('graph_')
    ? `${again} If it stays so, give this code to whoever runs this service: ${code}.`
    : `${again} If it stays so, ask the EHR team and give them this code: ${code}.`
}
