import { createHash } from 'node:crypto'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { EntraTenant } from '../contracts.ts'
import { type EntraFailure, errorBody } from './answers.ts'
import type { Caller } from './authorize-request.ts'
import type { Context } from './context.ts'
import type { Answer } from './listener.ts'
import { ConsentPage, type ConsentProps } from './pages/consent.tsx'
import { FormPostPage, RefusalPage, SignedOutPage, SUBMIT } from './pages/messages.tsx'
import { PickerPage } from './pages/picker.tsx'
import { STYLE } from './pages/style.ts'
import { ROWS } from './refusals.ts'

type Headers = Readonly<Record<string, string>>

/** `form-action` is left open: browsers apply it to the redirect after a form, which goes to the application. */
const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)}`,
  'img-src data:',
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

export function pickerPage(
  context: Context,
  options: {
    caller: Caller
    tenants: readonly EntraTenant[]
    loginHint: string | undefined
    action: string
    cookies: string | undefined
  },
): Promise<Answer> {
  return page(
    200,
    <PickerPage
      applicationName={options.caller.application.displayName}
      tenants={options.tenants}
      action={options.action}
      hint={options.loginHint}
      signedInUserId={context.sessions.find(options.cookies)?.userId}
    />,
  )
}

export function consentPage(props: ConsentProps): Promise<Answer> {
  return page(200, <ConsentPage {...props} />)
}

export function refusalPage(failure: EntraFailure, context: Context): Promise<Answer> {
  return page(ROWS[failure.code].status, <RefusalPage body={errorBody(failure, context.now)} />)
}

export function signedOutPage(headers: Headers): Promise<Answer> {
  return page(200, <SignedOutPage />, headers)
}

export function formPostPage(
  action: string,
  fields: Readonly<Record<string, string>>,
  headers: Headers = {},
): Promise<Answer> {
  return page(200, <FormPostPage action={action} fields={fields} />, {
    'content-security-policy': `${POLICY}; script-src ${hashOf(SUBMIT)}`,
    ...headers,
  })
}

/** Entra's pages refuse to be framed; so do these, or an embedded launch would seem to work. */
async function page(status: number, content: JSX.Element, headers: Headers = {}): Promise<Answer> {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      ...headers,
    },
    body: `<!doctype html>${await content.toString()}`,
  }
}

function hashOf(source: string): string {
  return `'sha256-${createHash('sha256').update(source).digest('base64')}'`
}
