import { Icon } from '../../layout/icons.tsx'
import type { CheckModel } from './model.ts'

/** The tick or cross inside the field. The words are below it. */
export const CheckMark = ({ check }: { check: CheckModel | undefined }) => (
  <span id="check-mark" class={`inside-mark ${check === undefined ? '' : `mark-${check.state}`}`}>
    <span class="spinner" aria-hidden="true" />
    {check === undefined ? null : <Icon name={check.state === 'good' ? 'check' : 'error'} />}
  </span>
)

/** What the look at the address found, beside the field. */
export const CheckResult = ({ check }: { check: CheckModel | undefined }) => (
  <div id="check" class="checked" role="status">
    {check?.problem === undefined ? null : (
      <div class="problem">
        <p class="what">{check.problem.what}</p>
        <p>{check.problem.why}</p>
        <p>
          <strong>What to do:</strong> {check.problem.next}
        </p>
      </div>
    )}
    {check?.likelyUrl === undefined ? null : (
      <p class="likely">
        <span>
          An R4 server answers at <code>{check.likelyUrl}</code>
        </span>
        <button type="submit" class="btn" name="take" value={check.likelyUrl} formaction="/portal/site-check">
          Use this address
        </button>
      </p>
    )}
    {check?.state === 'good' ? (
      <p class="fine">
        This address works
        {check.software === undefined ? '.' : <>: {check.software}.</>}
      </p>
    ) : null}
    {check === undefined || check.passed.length === 0 ? null : (
      <p class="passed">Checked: {check.passed.join(', ')}.</p>
    )}
    {check === undefined || check.notes.length === 0 ? null : (
      <ul class="notes">
        {check.notes.map((note) => (
          <li>{note}</li>
        ))}
      </ul>
    )}
  </div>
)
