import { ButtonLink } from '../../layout/components/button.tsx'
import { STEPS, type StepId } from './frame.ts'

/** Back and Next at the end of a step. @param next left out, with a sentence why, while the step cannot be left. */
export const WizardEnd = ({ step, blocked }: { step: StepId; blocked?: string | undefined }) => {
  const at = STEPS.findIndex(({ id }) => id === step)
  const [back, next] = [STEPS[at - 1], STEPS[at + 1]]
  return (
    <div class="wizard">
      {back === undefined ? null : <ButtonLink href={back.href}>Back</ButtonLink>}
      {next === undefined ? null : blocked === undefined ? (
        <ButtonLink href={next.href} look="primary">
          Next
        </ButtonLink>
      ) : (
        <>
          <button type="button" class="btn" disabled aria-describedby="blocked">
            Next
          </button>
          <p class="quiet" id="blocked">
            {blocked}
          </p>
        </>
      )}
    </div>
  )
}
