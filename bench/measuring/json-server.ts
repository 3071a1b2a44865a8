import { Worker } from 'node:worker_threads'

/** In a thread of its own, so that serving takes nothing from the side that is measured. Plain JavaScript for that. */
const CODE = `
const { createServer } = require('node:http')
const { parentPort, workerData } = require('node:worker_threads')
const headers = { 'content-type': 'application/fhir+json', 'content-length': Buffer.byteLength(workerData) }
const server = createServer((_request, response) => response.writeHead(200, headers).end(workerData))
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

/** Answers every request on 127.0.0.1 with the same JSON text. */
export async function serveJson(text: string): Promise<{ url: string; close(): Promise<unknown> }> {
  const worker = new Worker(CODE, { eval: true, workerData: text, execArgv: [] })
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  return { url: `http://127.0.0.1:${port}/`, close: () => worker.terminate() }
}
