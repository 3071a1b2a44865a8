import { randomBytes } from 'node:crypto'
import { launchPath } from '../core/launches/session.ts'
import { rosterOf } from '../core/meetings/roster/roster.ts'
import { type Colleague, searchUsers } from '../core/meetings/search-users.ts'
import type { VisitNotice } from '../core/messaging/read-notices.ts'
import type { Site } from '../core/sites/site.ts'
import type { Visit } from '../core/visits/visit.ts'
import type { SendLinkModel } from '../pages/appointment/links-model.ts'
import type { Flash } from '../pages/appointment.tsx'
import type { ConsultModel } from '../pages/consult.tsx'
import { joinChoice } from './join.ts'
import { liveModel } from './live-model.ts'
import { sendLinkModel } from './send-link-model.ts'
import { type LaunchCall, visitUrl } from './session.ts'

export type ConsultGiven = {
  readonly site: Site
  readonly account: { readonly upn: string | undefined }
  readonly notices: readonly VisitNotice[]
  readonly flash: Flash | undefined
  readonly open?: { readonly visit: Visit; readonly at: string; readonly facts: string }
  readonly refused: Pick<SendLinkModel, 'given' | 'problem'> | undefined
}

/** The consult's page as plain data. */
export async function consultModel(call: LaunchCall, given: ConsultGiven): Promise<ConsultModel> {
  const { session, csrf } = call
  const base = `${launchPath(session.launchId)}/consult`
  const fromBoard = session.context.kind === 'none'
  const backUrl = fromBoard ? `${launchPath(session.launchId)}/board` : visitUrl(call)
  const common = {
    backUrl,
    fromBoard,
    csrf,
    startAction: `${base}/start`,
    form: randomBytes(12).toString('base64url'),
    flash: given.flash,
  }
  return given.open ? { ...common, open: await running(call, given, given.open, base) } : common
}

async function running(
  call: LaunchCall,
  { site, account, notices, refused }: ConsultGiven,
  { visit, at, facts }: NonNullable<ConsultGiven['open']>,
  base: string,
): Promise<NonNullable<ConsultModel['open']>> {
  const { app, session } = call
  const fields = { at }
  const live = liveModel(call, visit, notices, { site, facts, fields })
  const join = (way: string) => ({ method: 'post', action: `${base}/join`, fields: { at, way } }) as const
  const guests = Object.values(rosterOf(visit.row).people)
  const count = (place: string) => guests.filter((one) => one.place === place).length
  const waiting = count('lobby')
  return {
    live: {
      ...live,
      revokeAction: `${base}/revoke`,
      lookUrl: `${launchPath(session.launchId)}/look?at=${at}`,
    },
    join: { app: join('app'), browser: join('browser'), chosen: joinChoice(call.cookies) },
    joinedAs: account.upn,
    notYouAction: `${launchPath(session.launchId)}/forget`,
    sendLink: {
      ...sendLinkModel(call, { site, patient: undefined }, refused, ['colleague', 'interpreter', 'other']),
      action: `${base}/send`,
    },
    guests: { words: `${count('meeting')} in the meeting, ${waiting} in the lobby.`, waiting: waiting > 0 },
    search: { action: base, at, ...(await search(call, visit)) },
  }

  async function search(asking: LaunchCall, consult: Visit) {
    const words = (asking.request.query.get('q') ?? '').slice(0, 60)
    if (words.trim() === '') return { words }
    const found = await searchUsers(await app.graph(session.tenantId), words)
    if (!found.ok) {
      asking.log('colleague_search_failed', { code: found.failure.code, detail: found.failure.detail })
      return { words, problem: 'The directory cannot be searched now. Send the link to an address instead.' }
    }
    const joinUrl = app.seals.meeting(consult)?.joinWebUrl ?? ''
    return { words, found: found.value.map((one) => ({ ...one, chatUrl: chatUrl(one, joinUrl) })) }
  }
}

/** Microsoft Teams, "Deep link to a chat": opens one with the words filled in; the clinician presses Send. */
function chatUrl({ upn }: Colleague, joinUrl: string): string {
  const message = `Can you join me in a video consult? ${joinUrl}`
  return `https://teams.microsoft.com/l/chat/0/0?${new URLSearchParams({ users: upn, message })}`
}
