import { readFileSync } from 'node:fs'
import type { Entra } from '../contracts.ts'
import type { GraphStandIn } from '../graph/graph.ts'
import type { Account } from '../graph/roles.ts'
import type { StoredMeeting } from '../graph/state.ts'
import { BeforeJoining } from './pages/before-joining.tsx'
import { Launcher } from './pages/launcher.tsx'
import { Notice } from './pages/notice.tsx'
import type { Person, Rooms } from './rooms.ts'
import type { Incoming, Outgoing } from './server.ts'
import { NOT_FOUND, personPage, versionOf } from './views.tsx'

export type DirectoryLookup = (
  tenantId: string,
  userId: string,
) => { displayName: string; upn: string } | undefined

const SIGN_IN = {
  testId: 'sign-in-required',
  title: 'Sign in to join this meeting',
  text: 'The organization that hosts this meeting does not let people join without an account.',
}

const asset = (name: string) => readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8')

/** Every address of the Teams stand-in. Who somebody is comes from the Entra session cookie and nowhere else. */
export function site(
  graph: GraphStandIn,
  rooms: Rooms,
  accountOf: Entra['accountOf'],
  users: DirectoryLookup,
  anonymousJoin: (tenantId: string) => boolean,
) {
  const assets: Record<string, Outgoing> = {
    '/assets/meeting.css': { status: 200, type: 'text/css; charset=utf-8', body: asset('meeting.css') },
    '/assets/teams.css': { status: 200, type: 'text/css; charset=utf-8', body: asset('teams.css') },
    '/assets/teams.js': { status: 200, type: 'text/javascript; charset=utf-8', body: asset('teams.js') },
  }

  return (incoming: Incoming): Outgoing => {
    const { method, url } = incoming
    const known = assets[url.pathname]
    if (known) return known
    const parts = url.pathname.split('/').slice(1).map(decoded)
    const meeting = meetingAt(parts, url)
    if (!meeting) return page(<Notice {...NOT_FOUND} testId="not-found" />, 404)
    const slug = slugOf(meeting)
    const [area, , third, fourth] = parts
    const guest = isAnonymous(url.searchParams) || area === 'visit'
    if (area === 'l' && method === 'GET') {
      return page(<Launcher meetUrl={`/meet/${slug}${guest ? '?anon=true' : ''}`} />)
    }
    if ((area === 'visit' || (area === 'meet' && third === undefined)) && method === 'GET') {
      return beforeJoining(incoming, meeting, guest)
    }
    if (area === 'meet' && third === 'join' && method === 'POST') return join(incoming, meeting)
    const person = area === 'meet' && third !== undefined ? rooms.find(meeting.id, third) : undefined
    if (area === 'meet' && third !== undefined && third !== 'join' && !person) {
      const action = { label: 'Join again', url: meeting.joinWebUrl }
      return page(
        <Notice
          testId="unknown-person"
          title="You are not in this meeting"
          text="Join it once more."
          action={action}
        />,
        404,
      )
    }
    if (person) return personal(incoming, meeting, person, fourth)
    return page(
      <Notice testId="wrong-method" title="That is not possible here" text="Open the link once more." />,
      405,
    )
  }

  function personal(
    incoming: Incoming,
    meeting: StoredMeeting,
    person: Person,
    verb: string | undefined,
  ): Outgoing {
    const pageUrl = `/meet/${slugOf(meeting)}/${person.key}`
    const back: Outgoing = { status: 303, location: pageUrl }
    const step = `${incoming.method} ${verb ?? ''}`
    if (step === 'GET ') return page(personPage(rooms, meeting, person, pageUrl))
    if (step === 'GET state') {
      const body = JSON.stringify({ version: versionOf(rooms, meeting, person) })
      return { status: 200, type: 'application/json', body }
    }
    if (step === 'POST leave') {
      rooms.leave(person)
      return back
    }
    if (step === 'POST admit' || step === 'POST remove') {
      const decision = verb === 'admit' ? 'admit' : 'remove'
      const refused = rooms.decide(meeting, person, incoming.form.get('participant') ?? '', decision)
      if (!refused) return back
      const action = { label: 'Back', url: pageUrl }
      return refused === 'not_allowed'
        ? page(
            <Notice
              testId="refused"
              title="You cannot admit people"
              text="Only the meeting’s organizers and presenters can."
              action={action}
            />,
            403,
          )
        : page(
            <Notice
              testId="refused"
              title="Nobody with that name is waiting"
              text="Someone else was quicker, or they left."
              action={action}
            />,
            409,
          )
    }
    return page(
      <Notice testId="wrong-method" title="That is not possible here" text="Open the link once more." />,
      405,
    )
  }

  function beforeJoining(incoming: Incoming, meeting: StoredMeeting, guest: boolean): Outgoing {
    const account = guest ? undefined : signedIn(incoming.cookie)
    if (!account && !anonymousJoin(meeting.tenantId)) return page(<Notice {...SIGN_IN} />, 403)
    const base = `/meet/${slugOf(meeting)}`
    return page(
      <BeforeJoining
        subject={meeting.subject}
        joinUrl={`${base}/join`}
        guestUrl={`${base}?anon=true`}
        account={account}
        anonymous={guest}
      />,
    )
  }

  function join({ form, cookie }: Incoming, meeting: StoredMeeting): Outgoing {
    const account = isAnonymous(form) ? undefined : signedIn(cookie)
    if (!account && !anonymousJoin(meeting.tenantId)) return page(<Notice {...SIGN_IN} />, 403)
    const typed = (form.get('name') ?? '').replace(/\s+/g, ' ').trim().slice(0, 64)
    const person = rooms.join(meeting, account, account?.displayName ?? (typed || 'Guest'))
    const note = `${account?.upn ?? 'guest'}: ${person.state}`
    return { status: 303, location: `/meet/${slugOf(meeting)}/${person.key}`, note }
  }

  function signedIn(
    cookie: string | undefined,
  ): (NonNullable<Account> & { displayName: string }) | undefined {
    const found = accountOf(cookie)
    const user = found && users(found.tenantId, found.userId)
    return found && user ? { ...found, ...user } : undefined
  }

  /** `/l/meetup-join/{thread}/…`, `/visit/route?convId={thread}` and `/meet/{slug}` all name a meeting's thread. */
  function meetingAt(parts: readonly (string | undefined)[], url: URL): StoredMeeting | undefined {
    const [area, second, third] = parts
    const all = graph.meetings()
    if (area === 'l' && second === 'meetup-join') return all.find(({ threadId }) => threadId === third)
    if (area === 'visit') return all.find(({ threadId }) => threadId === url.searchParams.get('convId'))
    return area === 'meet' ? all.find((meeting) => slugOf(meeting) === second) : undefined
  }
}

/** The thread's own part, `meeting_…`. */
function slugOf({ threadId }: StoredMeeting): string {
  return threadId.slice(3, threadId.indexOf('@'))
}

/** Teams' own parameter for joining a meeting without one's account. */
function isAnonymous(parameters: URLSearchParams): boolean {
  return parameters.get('anon')?.toLowerCase() === 'true'
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

function page(content: { toString(): string }, status = 200): Outgoing {
  return { status, body: `<!doctype html>${content.toString()}` }
}
