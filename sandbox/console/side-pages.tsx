import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { Application, admitApplication, newSecret } from '../ehr/registration-desk.ts'
import { Desk, type DeskState } from './desk.tsx'
import type { PageProps } from './page.tsx'
import { PowerShell } from './powershell.tsx'
import { isSameOrigin } from './same-origin.ts'

/** The pages beside the board: the EHR team's registration desk and the Teams administrator's PowerShell. */
export function sidePages(shown: (query: URLSearchParams) => PageProps): Hono {
  const app = new Hono()
  const propsOf = (context: Context) => shown(new URL(context.req.url).searchParams)
  const desk = (context: Context, state: DeskState, status: 200 | 422 = 200) =>
    context.html(html`<!DOCTYPE html>${<Desk {...propsOf(context)} state={state} />}`, status)

  app.use(async (context, next) => {
    if (context.req.method === 'POST' && !isSameOrigin(context.req.raw)) {
      return context.text('Use the buttons of the console.', 403)
    }
    return next()
  })
  app.get('/desk', (context) => desk(context, {}))
  app.post('/desk', async (context) => {
    const typed = await fieldsOf(context)
    const form = Application.safeParse(typed)
    if (!form.success) {
      const wrong = form.error.issues.map(({ path }) => [
        String(path[0]),
        'This field is missing or not valid.',
      ])
      return desk(context, { typed, refused: Object.fromEntries(wrong) }, 422)
    }
    const answer = await admitApplication(form.data)
    if ('refused' in answer) return desk(context, { typed, refused: answer.refused }, 422)
    propsOf(context).parts.ehr.register(answer.client)
    return desk(context, { given: answer.client.clientId, secret: answer.client.secret })
  })
  app.post('/desk/secret', async (context) => {
    const { client: wanted } = await fieldsOf(context)
    const { ehr } = propsOf(context).parts
    const client = ehr.clients().find(({ clientId }) => clientId === wanted)
    if (client?.kind !== 'client_secret_basic')
      return context.text('There is no such client with a secret.', 404)
    const secret = newSecret()
    ehr.register({ ...client, secret })
    return desk(context, { given: client.clientId, secret })
  })

  app.get('/powershell', (context) =>
    context.html(html`<!DOCTYPE html>${<PowerShell {...propsOf(context)} />}`),
  )
  app.post('/powershell', async (context) => {
    const { commands = '' } = await fieldsOf(context)
    const { parts, view } = propsOf(context)
    const clinic = parts.clinics?.find(({ id }) => id === view.clinic)
    if (clinic === undefined) return context.text('There is no organization to sign in to.', 404)
    parts.shell.run(clinic.tenantId, commands)
    return context.redirect(`/powershell?clinic=${clinic.id}`, 303)
  })
  return app
}

async function fieldsOf(context: Context): Promise<Record<string, string>> {
  const fields = Object.entries(await context.req.parseBody())
  return Object.fromEntries(fields.map(([name, value]) => [name, String(value)]))
}
