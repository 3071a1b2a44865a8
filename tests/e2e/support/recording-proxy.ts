import { createServer, request as forward, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { developmentStorage } from '../../../sandbox/azurite.ts'
import { closeServer } from '../../../sandbox/close-server.ts'
import type { Place } from './leak-search.ts'

export type StorageRecorder = {
  /** For whoever is to be recorded, in place of the storage account's own. */
  readonly connectionString: string
  /** Every request so far that writes, or asks, with its body: also what is long overwritten or taken off a queue. */
  requests(): Place[]
  close(): Promise<void>
}

type Ports = { readonly blob: number; readonly queue: number; readonly table: number }

/** Stands between the app and its storage account and keeps what the app sends there. */
export async function recordStorage(ports: Ports): Promise<StorageRecorder> {
  const kept: Place[] = []
  const servers: Server[] = []
  const through = async (service: string, port: number) => {
    const server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => {
        const body = Buffer.concat(chunks)
        kept.push(place(service, incoming, body))
        const { method, url: path, headers } = incoming
        const options = { host: '127.0.0.1', port, method, path, headers }
        const passed = forward(options, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
          answer.pipe(outgoing)
        })
        passed.on('error', () => outgoing.destroy())
        passed.end(body)
      })
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }
  const [blob, queue, table] = await Promise.all([
    through('blobs', ports.blob),
    through('queues', ports.queue),
    through('tables', ports.table),
  ])
  return {
    connectionString: developmentStorage({ blob, queue, table }),
    requests: () => [...kept],
    close: async () => void (await Promise.all(servers.map(closeServer))),
  }
}

/** Entity tags are times with seven decimals of the storage's own: ten million numbers are too few not to collide. */
const ENTITY_TAG = /W\/"datetime'[^']*'"/g

function place(service: string, { method, url = '' }: IncomingMessage, body: Buffer): Place {
  const text = body.toString('latin1').replace(ENTITY_TAG, '')
  const [path = ''] = url.split('?')
  // A transaction names its tables inside.
  const paths = path.endsWith('$batch')
    ? [...text.matchAll(/^[A-Z]+ https?:\/\/[^/]+(\/\S+)/gm)]
    : [['', path]]
  const names = new Set(paths.map(([, one = '']) => one.split('/')[2]?.replace(/[(?].*/, '')))
  return {
    where: `a request to ${service} ${[...names].join(', ')}`,
    value: Buffer.from(`${method} ${url}\n${text}`, 'latin1'),
  }
}
