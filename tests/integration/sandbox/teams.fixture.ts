import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import type { Entra } from '../../../sandbox/contracts.ts'
import type { StoredMeeting } from '../../../sandbox/graph/state.ts'
import { startTeams } from '../../../sandbox/teams/teams.ts'
import { graphFixture, newMeeting, tenants } from './graph.fixture.ts'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Stands for the Entra session cookie: `who={user id}`. */
const accountOf: Entra['accountOf'] = (cookie) => {
  const userId = /who=([\w-]+)/.exec(cookie ?? '')?.[1]
  const tenant = tenants().find((one) => one.users.some((user) => user.id === userId))
  return tenant && userId ? { tenantId: tenant.id, userId } : undefined
}

export async function teamsFixture() {
  const port = await freePort()
  const fixture = await graphFixture({ teamsUrl: `http://localhost:${port}` })
  const meetingPolicy = { anonymous: true }
  const teams = await startTeams({
    anonymousJoin: () => meetingPolicy.anonymous,
    port,
    now: fixture.clock.now,
    graph: fixture.graph,
    accountOf,
    users: (tenantId, userId) =>
      tenants()
        .find(({ id }) => id === tenantId)
        ?.users.find(({ id }) => id === userId),
  })
  /** A new meeting with these settings, as Graph would store them. */
  const meeting = async (externalId: string, settings: Partial<StoredMeeting> = {}) => {
    const { id } = await newMeeting(fixture.ask, externalId)
    const stored = fixture.graph.meetings().find((one) => one.id === id)
    if (!stored) throw new Error('The meeting was not stored.')
    return Object.assign(stored, settings)
  }
  return {
    ...fixture,
    teams,
    meetingPolicy,
    meeting,
    close: async () => {
      await teams.close()
      await fixture.graph.close()
    },
  }
}

/** A browser without script: one account, its address, the page's text. */
export function visitor(teamsUrl: string, userId?: string) {
  const cookie = userId ? `who=${userId}` : ''
  const browser = {
    address: '',
    page: '',
    status: 0,
    async open(url: string, form?: Record<string, string>): Promise<void> {
      const body = form && new URLSearchParams(form)
      const answer = await fetch(new URL(url, teamsUrl), {
        method: form ? 'POST' : 'GET',
        headers: { cookie },
        redirect: 'manual',
        ...(body ? { body } : {}),
      })
      const location = answer.headers.get('location')
      if (location) return browser.open(location)
      browser.address = new URL(url, teamsUrl).pathname
      browser.page = await answer.text()
      browser.status = answer.status
    },
    /** From the join URL through both pages to "Join now", as a person would. */
    async join(joinUrl: string, form: Record<string, string> = {}): Promise<void> {
      await browser.open(joinUrl)
      await browser.open(/href="([^"]+)" data-testid="continue-browser"/.exec(browser.page)?.[1] ?? 'missing')
      const hidden = browser.page.includes('name="anon"') ? { anon: 'true' } : {}
      await browser.open(/action="([^"]+)"/.exec(browser.page)?.[1] ?? 'missing', { ...hidden, ...form })
    },
    press: (verb: string, form: Record<string, string> = {}) =>
      browser.open(`${browser.address}/${verb}`, form),
    reload: () => browser.open(browser.address),
    shows: (testId: string) => browser.page.includes(`data-testid="${testId}"`),
    /** Participant ids of those whom this person may admit. */
    waiting: () =>
      [...browser.page.matchAll(/name="participant" value="([^"]+)"/g)].map((match) => match[1] ?? ''),
  }
  return browser
}
