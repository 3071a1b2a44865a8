import { safeHref } from '../href.ts'
import { Icon } from '../icons.tsx'

export const stepNavStyles = `
.steps ol{list-style:none;padding:0;display:grid;gap:.25rem}
.steps a,.steps span.step{display:flex;gap:.75rem;align-items:center;min-block-size:2.5rem;padding:.375rem .75rem;
  border-radius:var(--r-s);border-inline-start:3px solid transparent;color:var(--fg-2);text-decoration:none}
.steps a:hover{background:var(--surface-hover);color:var(--fg)}
.steps [aria-current]{border-inline-start-color:var(--brand);background:var(--tint);color:var(--on-tint);font-weight:600}
.steps .mark{display:grid;place-items:center;flex:none;inline-size:1.25rem;block-size:1.25rem;border:1px solid var(--line-field);
  border-radius:50%;font-size:.75rem;line-height:1;font-weight:600}
.steps .done svg{color:var(--good-fg)}.steps .problem svg{color:var(--bad-fg)}
`

export type Step = {
  readonly label: string
  /** Left out where the step cannot be opened yet. */
  readonly href?: string
  readonly state: 'done' | 'current' | 'todo' | 'problem'
  /** Which page is open, where that and the step's state are two things. */
  readonly current?: boolean
}

/** Words for the states that a tick or a colour shows. */
export type StepWords = { readonly done: string; readonly problem: string }

const Mark = ({ step, index }: { step: Step; index: number }) => {
  if (step.state === 'done' || step.state === 'problem') {
    return (
      <span class={step.state}>
        <Icon name={step.state === 'done' ? 'check' : 'error'} />
      </span>
    )
  }
  return (
    <span class="mark" aria-hidden="true">
      {index + 1}
    </span>
  )
}

/** The steps of a wizard: which are done, which one is open, which have a problem. */
export const StepNav = ({
  label,
  steps,
  words,
}: {
  label: string
  steps: readonly Step[]
  words: StepWords
}) => (
  <nav class="steps" aria-label={label}>
    <ol>
      {steps.map((step, index) => {
        const current = step.current === true || step.state === 'current'
        const content = (
          <>
            <Mark step={step} index={index} />
            <span>
              {step.label}
              {step.state === 'done' ? <span class="sr-only"> ({words.done})</span> : null}
              {step.state === 'problem' ? <span class="sr-only"> ({words.problem})</span> : null}
            </span>
          </>
        )
        return (
          <li>
            {step.href === undefined ? (
              <span class="step" aria-current={current ? 'step' : undefined}>
                {content}
              </span>
            ) : (
              <a href={safeHref(step.href)} aria-current={current ? 'step' : undefined}>
                {content}
              </a>
            )}
          </li>
        )
      })}
    </ol>
  </nav>
)
