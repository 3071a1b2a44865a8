import { createServer } from 'node:https'
import type {
  Certificate,
  EntraTenant,
  Graph,
  GraphFaults,
  LedgerEntry,
  Now,
  RosterEvent,
  VerifyToken,
} from '../contracts.ts'
import { dispatcher } from './dispatch.ts'
import { identifiers } from './identifiers.ts'
import { listenOnLoopback } from './loopback.ts'
import { type LifecycleEvent, notify, notifyLifecycle } from './notifications.ts'
import { type Delivery, type OutboxSettings, outbox } from './outbox.ts'
import { applyRoster } from './roster.ts'
import { routes } from './routes.ts'
import { listener } from './server.ts'
import type { GraphState, StoredMeeting } from './state.ts'
import type { Subscription } from './subscription.ts'
import { ageSubscriptions } from './subscription-life.ts'
import { type SignClaims, validationTokens } from './validation-tokens.ts'

export type GraphOptions = {
  /** 0 takes a free port. */
  readonly port: number
  readonly certificate: Certificate
  readonly now: Now
  readonly verify: VerifyToken
  readonly tenants: readonly EntraTenant[]
  /** Our application's client id, named in the access policy; without it any application counts as ours. */
  readonly appId?: string
  /** `http://localhost:{port}` of the Teams stand-in, where join URLs live. */
  readonly teamsUrl: string
  /** Authority (PEM) that an https webhook's certificate may come from besides the public ones. */
  readonly trustCa?: string
  /**
   * Signs validationTokens with Entra's key, as in reality: the application then verifies them with the keys of Entra's
   * authority. Without it a key of this stand-in signs, served at `keysUrl`.
   */
  readonly signWithEntra?: SignClaims
  /** Who holds the Teams application access policy; a set of its own without it. */
  readonly accessPolicy?: Set<string>
  readonly seed?: string
  readonly delivery?: OutboxSettings
}

/** The contract, and what the Teams stand-in, the console and tests reach for besides. */
export type GraphStandIn = Omit<Graph, 'meetings' | 'findByJoinUrl'> & {
  meetings(): StoredMeeting[]
  findByJoinUrl(joinWebUrl: string): StoredMeeting | undefined
  readonly settings: GraphState['settings']
  subscriptions(): Subscription[]
  /** Every attempt to notify a webhook, oldest first. */
  readonly deliveries: readonly Delivery[]
  /** JSON Web Key Set that validationTokens are signed under, unless Entra signs them. */
  readonly keysUrl: string
  /** Sends a lifecycle notification now; `subscriptionRemoved` also removes the subscription. */
  lifecycle(subscriptionId: string, event: LifecycleEvent): Promise<void>
  /** Does what the clock has made due (expiries, challenges, retries); happens by itself every second. */
  tick(): Promise<void>
}

/** Starts a Microsoft Graph stand-in on https://localhost with both /v1.0 and /beta. */
export async function startGraph(options: GraphOptions): Promise<GraphStandIn> {
  const { certificate, now, verify, tenants, teamsUrl, trustCa } = options
  const faults: GraphFaults = {
    slowMs: 0,
    throttled: false,
    unavailable: false,
    virtualAppointmentUrl: false,
    flaws: new Set(),
  }
  const ledger: LedgerEntry[] = []
  const tokens = await validationTokens(now, options.signWithEntra)
  const box = outbox(now, trustCa, options.delivery)
  const state: GraphState & { baseUrl: string } = {
    baseUrl: '',
    teamsUrl,
    now,
    tenants,
    appId: options.appId,
    ids: identifiers(options.seed ?? 'sandbox'),
    accessPolicy: options.accessPolicy ?? new Set(),
    meetings: new Map(),
    subscriptions: new Map(),
    faults,
    settings: {
      policyRefusal: 'Forbidden',
      spelling: { eventType: 'eventType', participants: 'participants@delta', guest: 'guest' },
      callQuality: 'good',
      callRecordsAfterMinutes: 15,
    },
    callRecords: [],
    created: new Map(),
    generations: new Map(),
  }
  const open: Record<string, unknown> = { '/keys': tokens.jwks }
  const handle = listener({
    state,
    faults,
    ledger,
    open,
    dispatch: dispatcher(state, faults, verify, routes({ trustCa })),
  })
  const tls = { key: certificate.key, cert: certificate.cert }
  const server = await listenOnLoopback(() => createServer(tls, handle), options.port)
  state.baseUrl = `https://localhost:${server.port}`
  // As Entra's common endpoint does, whose keys the real tokens are signed under.
  open['/.well-known/openid-configuration'] = {
    issuer: 'https://sts.windows.net/{tenantid}/',
    jwks_uri: `${state.baseUrl}/keys`,
  }

  const tick = async () => {
    await ageSubscriptions(state, box)
    await box.flush()
  }
  const clockwork = setInterval(() => void tick(), 1000)
  clockwork.unref()

  return {
    baseUrl: state.baseUrl,
    keysUrl: `${state.baseUrl}/keys`,
    ledger,
    faults,
    settings: state.settings,
    accessPolicy: state.accessPolicy,
    deliveries: box.deliveries,
    meetings: () => [...state.meetings.values()],
    subscriptions: () => [...state.subscriptions.values()],
    findByJoinUrl: (joinWebUrl) => [...state.meetings.values()].find((one) => one.joinWebUrl === joinWebUrl),
    roster: async (meetingId: string, event: RosterEvent) => {
      const meeting = state.meetings.get(meetingId)
      if (!meeting) return
      const events = applyRoster(state, meeting, event)
      // Queued at once and in order; awaited together.
      await Promise.all(events.map((one) => notify(state, box, tokens, meeting, one)))
    },
    lifecycle: async (subscriptionId, event) => {
      const subscription = state.subscriptions.get(subscriptionId)
      if (!subscription) return
      if (event === 'subscriptionRemoved') state.subscriptions.delete(subscriptionId)
      await notifyLifecycle(box, subscription, event)
    },
    tick,
    close: async () => {
      clearInterval(clockwork)
      box.clear()
      await server.close()
    },
  }
}
