import { raw } from 'hono/html'
import type { ErrorBody } from '../answers.ts'
import { Layout } from './layout.tsx'

/** The one script of these pages; the content security policy names it by its hash. */
export const SUBMIT = 'document.forms[0].submit()'

/** A refusal that must not reach the redirect URI, in the words that an administrator would search for. */
export function RefusalPage({ body }: { body: ErrorBody }) {
  const [code = '', ...words] = body.error_description.split(' Trace ID: ')[0]?.split(': ') ?? []
  return (
    <Layout title="Sign-in failed">
      <h1>Sorry, but we're having trouble signing you in.</h1>
      <p class="alert" role="alert">
        <b>{code}: </b>
        {words.join(': ')}
      </p>
      <h2>Troubleshooting details</h2>
      <dl>
        <dt>Trace ID</dt>
        <dd>
          <code>{body.trace_id}</code>
        </dd>
        <dt>Correlation ID</dt>
        <dd>
          <code>{body.correlation_id}</code>
        </dd>
        <dt>Timestamp</dt>
        <dd>
          <code>{body.timestamp}</code>
        </dd>
      </dl>
    </Layout>
  )
}

export function SignedOutPage() {
  return (
    <Layout title="Signed out">
      <h1>You signed out of your account</h1>
      <p class="soft">It's a good idea to close all browser windows.</p>
    </Layout>
  )
}

/** Posts the response by script; the button is for browsers without. */
export function FormPostPage(props: { action: string; fields: Readonly<Record<string, string>> }) {
  return (
    <Layout title="Working">
      <h1>One moment</h1>
      <form method="post" action={props.action}>
        {Object.entries(props.fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <div class="actions">
          <button class="button primary" type="submit">
            Continue
          </button>
        </div>
      </form>
      <script>{raw(SUBMIT)}</script>
    </Layout>
  )
}
