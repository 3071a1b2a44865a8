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

/** Every port that is taken, each with the variable that would change it: told all at once, before anything starts. */
export async function takenPorts(ports: Ports, which: readonly (keyof Ports)[]): Promise<string[]> {
  const lines = await Promise.all(
    which.map(async (name) => {
      if (ports[name] === 0 || (await isFree(ports[name]))) return []
      return [
        `Port ${ports[name]} (${name}) is taken. Set ${PORTS[name][1]} to another one, or 0 for any free port.`,
      ]
    }),
  )
  return lines.flat()
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, 'localhost', () => server.close(() => resolve(true)))
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
