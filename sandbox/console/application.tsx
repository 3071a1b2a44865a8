import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { EhrClient } from '../contracts.ts'
import { actions, Refused } from './actions.ts'
import { LivePieces, Page } from './page.tsx'
import { isSameOrigin } from './same-origin.ts'
import { sidePages } from './side-pages.tsx'
import type { Zone } from './times.ts'
import { type Parts, partsOf, queryOf, viewOf } from './view.ts'

const read = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8')
const stylesheet = [
  'console.css',
  'header.css',
  'board.css',
  'phone.css',
  'emails.css',
  'faults.css',
  'side-pages.css',
]
  .map(read)
  .join('\n')
const script = read('console.js')

/** Nothing from elsewhere, nothing inline, in nobody's frame. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
/** A message of the app is shown as a mail program would: styled, with links, without script. */
const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/** The routes of the console. */
export function application(all: Parts, byDefault: Zone): Hono {
  const app = new Hono()
  const shown = (query: URLSearchParams) => {
    const { parts, zone } = partsOf(query, all, byDefault)
    return { parts, zone, view: viewOf(query, parts) }
  }
  app.use(async (context, next) => {
    await next()
    context.header('x-content-type-options', 'nosniff')
    context.header('referrer-policy', 'same-origin')
    context.header('cache-control', 'no-store')
    if (!context.res.headers.has('content-security-policy')) context.header('content-security-policy', policy)
  })

  app.get('/', (context) => {
    const props = shown(new URL(context.req.url).searchParams)
    return context.html(html`<!DOCTYPE html>${<Page {...props} />}`)
  })
  app.route('/', sidePages(shown))
  app.get('/live', (context) => {
    return context.html(<LivePieces {...shown(new URL(context.req.url).searchParams)} />)
  })
  app.get('/console.css', (context) => context.body(stylesheet, 200, { 'content-type': 'text/css' }))
  app.get('/console.js', (context) => context.body(script, 200, { 'content-type': 'text/javascript' }))

  app.get('/launch', (context) => {
    const { parts } = shown(new URL(context.req.url).searchParams)
    const { appointment, practitioner } = context.req.query()
    const known = parts.ehr.practitioners().some(({ id }) => id === practitioner)
    const row = parts.ehr.board().find(({ appointmentId }) => appointmentId === appointment)
    if (!known || practitioner === undefined || row === undefined) {
      return context.text('This appointment is no longer on the board.', 404)
    }
    const who = { practitionerId: practitioner, appointmentId: row.appointmentId }
    const application = parts.ehr.clients().findLast(isClinicians)
    if (application?.launchUrl === undefined) {
      return context.text('The EHR has no application for this column yet. Register it at the desk.', 404)
    }
    return context.redirect(parts.ehr.launchUrl(application.launchUrl, who, 'appointment'), 302)
  })

  app.get('/emails/:id', (context) => {
    const email = all.acs.emails().find(({ id }) => id === context.req.param('id'))
    if (email === undefined) return context.text('There is no such e-mail.', 404)
    context.header('content-security-policy', mailPolicy)
    return context.html(`<base target="_blank">${email.html}`)
  })

  app.get('/emails/:id/:attachment', (context) => {
    const email = all.acs.emails().find(({ id }) => id === context.req.param('id'))
    const attachment = email?.attachments[Number(context.req.param('attachment'))]
    if (attachment === undefined) return context.text('There is no such attachment.', 404)
    context.header('content-security-policy', 'sandbox')
    context.header('content-disposition', `attachment; filename="${attachment.name.replaceAll('"', '')}"`)
    context.header('content-type', attachment.contentType)
    return context.body(Buffer.from(attachment.contentInBase64, 'base64'))
  })

  app.post('/actions/:action', async (context) => {
    if (!isSameOrigin(context.req.raw)) return context.text('Use the buttons of the console.', 403)
    const action = actions[context.req.param('action')]
    if (action === undefined) return context.text('There is no such action.', 404)
    const fields = await context.req.parseBody()
    const { parts, zone, view } = shown(new URLSearchParams(String(fields.back ?? '')))
    try {
      await action(fields, parts, zone)
    } catch (error) {
      const reason = error instanceof Refused ? error.message : `The sandbox refused: ${String(error)}`
      return context.text(reason, 400)
    }
    return context.redirect(`/${queryOf(view)}`, 303)
  })
  return app
}

/** What the Teams column opens: an application that clinicians start, not the one of the patient portal. */
function isClinicians({ launchUrl, scope }: EhrClient): boolean {
  return launchUrl !== undefined && !/(^| )patient\//.test(scope)
}
