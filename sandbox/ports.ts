import { createServer } from 'node:net'

/** Every port that the sandbox listens on; 0 = a free one. */
export type Ports = {
  readonly app: number
  readonly console: number
  readonly ehr: number
  readonly entraSignIn: number
  readonly entra: number
  readonly graph: number
  readonly acs: number
  readonly teams: number
  readonly blob: number
  readonly queue: number
  readonly table: number
}

/** Default port and the environment variable that changes it. */
const PORTS: Readonly<Record<keyof Ports, readonly [number, string]>> = {
  app: [7071, 'PORT'],
  console: [7072, 'CONSOLE_PORT'],
  ehr: [7073, 'EHR_PORT'],
  entraSignIn: [7074, 'ENTRA_SIGNIN_PORT'],
  entra: [7075, 'ENTRA_PORT'],
  graph: [7076, 'GRAPH_PORT'],
  acs: [7077, 'ACS_PORT'],
  teams: [7078, 'TEAMS_PORT'],
  blob: [10000, 'AZURITE_BLOB_PORT'],
  queue: [10001, 'AZURITE_QUEUE_PORT'],
  table: [10002, 'AZURITE_TABLE_PORT'],
}

/** The ports as the environment sets them. Throws a sentence for a person where one is no port. */
export function portsFrom(env: Readonly<Record<string, string | undefined>>): Ports {
  const read = ([name, [byDefault, variable]]: [string, readonly [number, string]]) => {
    const given = env[variable]
    const port = given === undefined || given === '' ? byDefault : Number(given)
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`${variable} must be a port number from 0 to 65535.`)
    return [name, port] as const
  }
  return Object.fromEntries(Object.entries(PORTS).map(read)) as Ports
}

/**
 * Every port that is taken or wanted twice, each with the variable that would change it: told all at once, before
 * anything starts.
 */
export async function takenPorts(ports: Ports, which: readonly (keyof Ports)[]): Promise<string[]> {
  const fixed = which.filter((name) => ports[name] !== 0)
  const lines = await Promise.all(
    fixed.map(async (name, index) => {
      const variable = PORTS[name][1]
      const twin = fixed.slice(0, index).find((other) => ports[other] === ports[name])
      if (twin)
        return [`${PORTS[twin][1]} and ${variable} are both ${ports[name]}. Give one of them another port.`]
      if (await isFree(ports[name])) return []
      return [
        `Port ${ports[name]} (${name}) is taken. Stop what listens there, or set ${variable} to another port.`,
      ]
    }),
  )
  return lines.flat()
}

/**
 * Whether nobody listens on this machine's own addresses, of either family: a browser that is told "localhost" may try
 * both, and would reach whoever has the other one.
 */
async function isFree(port: number): Promise<boolean> {
  const free = await Promise.all(['127.0.0.1', '::1'].map((host) => canListen(port, host)))
  return free.every(Boolean)
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    // A machine without IPv6 has nobody listening there either.
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    )
    server.listen({ port, host, ipv6Only: true }, () => server.close(() => resolve(true)))
  })
}

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, 'localhost', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
