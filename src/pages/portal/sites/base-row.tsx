import { Button, ButtonLink } from '../../layout/components/button.tsx'
import { describedBy, Field, TextField } from '../../layout/components/field.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import { CheckMark, CheckResult } from './check.tsx'
import type { BaseForm } from './model.ts'

const ENVIRONMENTS = [
  ['testing', 'Testing'],
  ['production', 'Production'],
] as const

/** The open row: name, address, environment, Done and Cancel. The address is looked at while it is typed. */
export const BaseRow = ({ form, csrf }: { form: BaseForm; csrf: string }) => (
  <li class="site-row open" id="row">
    <PostForm action={form.action} fields={{ csrf, ...form.hidden }}>
      {/* Enter in a field means Done, whatever other buttons the form has. */}
      <button type="submit" hidden>
        Done
      </button>
      <div class="base-fields">
        <div class="field url-field">
          <label for="url">
            FHIR base URL
            <span class="req" aria-hidden="true">
              {' *'}
            </span>
          </label>
          <p class="hint" id="url-hint">
            As your EHR team gave it, without /metadata at the end.
          </p>
          <span class="inside" data-check="/portal/site-check">
            <input
              class="input"
              id="url"
              name="url"
              type="text"
              inputmode="url"
              value={form.url}
              required
              maxlength={2000}
              autocomplete="off"
              spellcheck={false}
              placeholder="https://"
              aria-invalid={form.check?.state === 'bad' ? 'true' : undefined}
              aria-describedby="check url-hint"
            />
            <CheckMark check={form.check} />
          </span>
          <CheckResult check={form.check} />
        </div>
        <Field
          id="environment"
          label="Environment"
          hint="Begin with Testing; Production comes after the test."
          error={form.environmentError}
          required
        >
          <select
            class="input"
            id="environment"
            name="environment"
            aria-describedby={describedBy({ id: 'environment', hint: 'x', error: form.environmentError })}
          >
            {ENVIRONMENTS.map(([value, label]) => (
              <option value={value} selected={form.environment === value}>
                {label}
              </option>
            ))}
          </select>
        </Field>
        <TextField
          id="name"
          name="name"
          label="Name"
          hint="What you and your colleagues call it here; patients never see it."
          value={form.name}
          {...(form.nameError === undefined ? {} : { error: form.nameError })}
        />
      </div>
      <div class="actions">
        <Button look="primary">Done</Button>
        <ButtonLink href="/portal/sites">Cancel</ButtonLink>
        <span class="script-off">
          <button type="submit" class="btn btn-subtle" formaction="/portal/site-check">
            Check the address
          </button>
        </span>
      </div>
    </PostForm>
  </li>
)
