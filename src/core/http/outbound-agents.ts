import { type AgentOptions, Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { isIP, type Socket } from 'node:net'
import { OutboundError } from './outbound-error.ts'
import { checkedLookup, type Resolve } from './outbound-lookup.ts'
import { addressRefusal, type OutboundPolicy } from './outbound-policy.ts'
import { hostnameOf } from './outbound-url.ts'

export type AgentSettings = {
  readonly resolve: Resolve
  /** Milliseconds for name, TCP and TLS together. */
  readonly connectTimeoutMs: number
  /** PEM. Replaces the system's authorities: for tests and stand-ins. Operators use NODE_EXTRA_CA_CERTS. */
  readonly ca?: string | readonly string[]
}

export type Agents = { readonly 'http:': HttpAgent; readonly 'https:': HttpsAgent }

type ConnectOptions = Parameters<HttpAgent['createConnection']>[0]
type ConnectCallback = Parameters<HttpAgent['createConnection']>[1]

/**
 * Connection pools whose sockets are all checked when they are opened. Node keys a pool by host name and port, a rule
 * is keyed by host name too, and a pool lives with one policy: a socket that is used again was checked for the very
 * host it is used for. It does not outlive 15 idle seconds, so that a changed address is followed soon.
 */
export function checkedAgents(policy: OutboundPolicy, settings: AgentSettings): Agents {
  const pool: AgentOptions = { keepAlive: true, maxSockets: 64, maxFreeSockets: 16, timeout: 15_000 }
  const check = (socket: unknown, options: ConnectOptions, protocol: 'http:' | 'https:') =>
    watch(socket as Socket, policy, protocol, String(options.host), settings.connectTimeoutMs)

  class CheckedHttpAgent extends HttpAgent {
    override createConnection(options: ConnectOptions, callback?: ConnectCallback) {
      return check(super.createConnection(options, callback), options, 'http:')
    }
  }
  class CheckedHttpsAgent extends HttpsAgent {
    override createConnection(options: ConnectOptions, callback?: ConnectCallback) {
      return check(super.createConnection(options, callback), options, 'https:')
    }
  }
  return {
    'http:': new CheckedHttpAgent({ ...pool, lookup: checkedLookup(policy, 'http:', settings.resolve) }),
    'https:': new CheckedHttpsAgent({
      ...pool,
      lookup: checkedLookup(policy, 'https:', settings.resolve),
      minVersion: 'TLSv1.2',
      // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED in the environment changes nothing here.
      rejectUnauthorized: true,
      ...(settings.ca === undefined ? {} : { ca: [settings.ca].flat() }),
    }),
  }
}

/** Caps the time to connect, and checks once more the address that the socket really reached, before a byte is sent. */
function watch(
  socket: Socket,
  policy: OutboundPolicy,
  protocol: 'http:' | 'https:',
  host: string,
  connectTimeoutMs: number,
): Socket {
  const late = () => socket.destroy(new OutboundError('outbound_timeout', host, 'connect'))
  const timer = setTimeout(late, connectTimeoutMs)
  const settle = () => clearTimeout(timer)
  socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', settle).once('close', settle)
  socket.prependOnceListener('connect', () => {
    const reached = socket.remoteAddress ?? ''
    const reason = addressRefusal(policy, protocol, hostnameOf(host), isIP(reached) === 0 ? '' : reached)
    if (reason !== undefined) socket.destroy(new OutboundError('outbound_address', host, reason))
  })
  return socket
}
