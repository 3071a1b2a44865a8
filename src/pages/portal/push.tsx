import { Badge } from '../layout/components/badge.tsx'
import { Button, ButtonLink } from '../layout/components/button.tsx'
import { DefinitionList } from '../layout/components/definition-list.tsx'
import { describedBy, Field } from '../layout/components/field.tsx'
import { MessageBar } from '../layout/components/message-bar.tsx'
import { PostForm } from '../layout/components/post-form.tsx'
import type { Rendered } from '../layout/document.ts'
import { CopyButton, CopyStatus, copyScript } from './layout/copy.tsx'
import type { Frame } from './layout/frame.ts'
import { portalDocument } from './layout/portal-document.tsx'
import { engineExample } from './push/example.ts'

export type PushModel = {
  readonly frame: Frame
  readonly siteId: string
  readonly name: string
  readonly version: string
  readonly fhirBaseUrl: string
  /** Where the engine posts to. */
  readonly url: string
  readonly registered:
    | {
        readonly issuer: string
        readonly jwksUrl: string | undefined
        /** Whether keys could be read at that address just now. */
        readonly loads: boolean | undefined
        readonly keys: readonly { readonly kid: string | undefined; readonly kind: 'RS384' | 'ES384' }[]
      }
    | undefined
  /** The site has a system account, by which what is pushed can be read. */
  readonly reads: boolean
  readonly input: { readonly issuer: string; readonly jwksUrl: string; readonly keys: string }
  readonly errors: Readonly<Record<string, string>>
}

const Entry = ({
  model,
  name,
  label,
  hint,
}: {
  model: PushModel
  name: 'issuer' | 'jwksUrl' | 'keys'
  label: string
  hint: string
}) => {
  const error = model.errors[name]
  const shared = {
    class: 'input',
    id: name,
    name,
    spellcheck: false,
    'aria-invalid': error === undefined ? undefined : ('true' as const),
    'aria-describedby': describedBy({ id: name, hint, error }),
  }
  return (
    <Field id={name} label={label} hint={hint} error={error}>
      {name === 'keys' ? (
        <textarea {...shared} rows={8} maxlength={12_000}>
          {model.input.keys}
        </textarea>
      ) : (
        <input {...shared} type="text" maxlength={500} autocomplete="off" value={model.input[name]} />
      )}
    </Field>
  )
}

const State = ({ model }: { model: PushModel }) => {
  const { registered, reads, errors } = model
  const wrong = Object.keys(errors).length
  if (wrong > 0)
    return (
      <MessageBar tone="error" title="Not saved" role="alert">
        <p>{wrong === 1 ? 'One field needs your attention.' : `${wrong} fields need your attention.`}</p>
      </MessageBar>
    )
  if (registered?.loads === false)
    return (
      <MessageBar tone="warning" title="The engine’s keys cannot be read just now">
        <p>Until they can, its requests are refused; sweeps find the changes in their own time.</p>
      </MessageBar>
    )
  if (registered && !reads)
    return (
      <MessageBar tone="warning" title="The system account is missing">
        <p>
          What is pushed is read from the EHR with it.{' '}
          <a href={`/portal/sites/${model.siteId}#system`}>Enter it</a>
        </p>
      </MessageBar>
    )
  return null
}

const Registered = ({ registered }: { registered: PushModel['registered'] }) => {
  if (!registered) return <Badge tone="info">No key registered: sweeps find every change</Badge>
  const { jwksUrl, keys, issuer } = registered
  const named = keys.map(({ kid, kind }) => (kid === undefined ? kind : `${kind}, kid ${kid}`)).join('; ')
  return (
    <>
      <Badge tone={registered.loads === false ? 'warning' : 'success'}>
        {jwksUrl === undefined
          ? `Registered: ${named}`
          : registered.loads
            ? 'Registered: keys at an address'
            : 'Keys not readable'}
      </Badge>{' '}
      as <code>{issuer}</code>
    </>
  )
}

/** What the engine's team needs, where its key is registered, and a request that works. */
export function pushPage(model: PushModel): Rendered {
  const { frame, siteId, url, version, registered } = model
  const readOnly = !frame.may.configure
  return portalDocument({
    frame,
    title: `Pushes from the EHR: ${model.name}`,
    lead: (
      <>
        Optional. An integration engine says which appointments changed, and patients are told within seconds
        instead of at the next sweep. <a href={`/portal/sites/${siteId}`}>Settings of this FHIR base URL</a>
      </>
    ),
    styles:
      '.push-address{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:center}.push-address code,.push-example{overflow-wrap:anywhere}.push-example{white-space:pre-wrap;padding:.75rem;border:1px solid var(--line);border-radius:var(--r-s);background:var(--surface-2);font-size:.8125rem}',
    scripts: [copyScript],
    children: (
      <>
        <CopyStatus />
        <State model={model} />
        <div class="card">
          <DefinitionList
            facts={[
              {
                term: 'Address, and audience of the tokens',
                value: (
                  <span class="push-address">
                    <code id="push-url">{url}</code>
                    <CopyButton of="push-url" label="address" />
                  </span>
                ),
              },
              { term: 'Key', value: <Registered registered={registered} /> },
            ]}
          />
        </div>
        <PostForm action={`/portal/sites/${siteId}/push`} fields={{ csrf: frame.csrf, version }}>
          <fieldset disabled={readOnly} class="stack">
            <section class="card stack" aria-labelledby="engine">
              <h2 id="engine">The integration engine</h2>
              <Entry
                model={model}
                name="issuer"
                label="Name of the engine"
                hint="What it puts into its tokens as iss (and sub, where it sends one)."
              />
              <Entry
                model={model}
                name="jwksUrl"
                label="Address of its public keys"
                hint="A JWKS document over https. New keys are found by themselves."
              />
              <Entry
                model={model}
                name="keys"
                label="Or its public keys"
                hint="A JWKS document with up to five keys, RSA (RS384) or EC P-384 (ES384). Never a private key."
              />
              {readOnly ? null : (
                <div class="actions">
                  <Button look="primary" name="do" value="save">
                    Save
                  </Button>
                  {registered ? (
                    <Button name="do" value="remove">
                      Remove the key
                    </Button>
                  ) : null}
                  <ButtonLink href={`/portal/sites/${siteId}`}>Cancel</ButtonLink>
                </div>
              )}
            </section>
          </fieldset>
        </PostForm>
        <section class="card stack" aria-labelledby="example">
          <h2 id="example">For the engine’s team</h2>
          <p>
            A token for each request, signed with RS384 or ES384: <code>iss</code> the name above,{' '}
            <code>aud</code> the address above, <code>iat</code> and <code>exp</code> at most five minutes
            apart, a <code>jti</code> that is never used again. The body is a FHIR R4 Appointment, a Bundle of
            up to 100, or a reference. It only says where to look: what patients are told is read from{' '}
            {model.fhirBaseUrl}.
          </p>
          <pre class="push-example" id="push-example">
            {engineExample(
              url,
              registered?.issuer ?? 'engine.example.org',
              registered?.keys[0] ?? { kid: 'key-1', kind: 'ES384' },
            )}
          </pre>
          <div class="actions">
            <CopyButton of="push-example" label="example" />
          </div>
        </section>
      </>
    ),
  })
}
