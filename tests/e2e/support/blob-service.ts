import { createHmac } from 'node:crypto'

const VERSION = '2021-12-02'

export type BlobService = {
  /** Every blob of every container: `container/name`. */
  list(): Promise<string[]>
  read(path: string): Promise<Buffer>
  createContainer(name: string): Promise<void>
  write(path: string, data: Buffer): Promise<void>
}

/** The operations of the Blob service ("Blob service REST API") that a search through all blobs takes. */
export function blobService(connectionString: string): BlobService {
  const field = (name: string) => new RegExp(`${name}=([^;]+)`).exec(connectionString)?.[1] ?? ''
  const account = field('AccountName')
  const key = Buffer.from(field('AccountKey'), 'base64')

  async function ask(method: string, path: string, query: Record<string, string>, data?: Buffer) {
    const url = new URL(`${field('BlobEndpoint').replace(/\/$/, '')}/${path}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const headers: Record<string, string> = {
      'x-ms-date': new Date().toUTCString(),
      'x-ms-version': VERSION,
      ...(data ? { 'x-ms-blob-type': 'BlockBlob' } : {}),
    }
    headers.authorization = `SharedKey ${account}:${signature(method, url, headers, data?.length)}`
    const response = await fetch(url, { method, headers, ...(data ? { body: new Uint8Array(data) } : {}) })
    if (!response.ok) throw new Error(`the blob service answered ${response.status} to ${method} ${path}`)
    return Buffer.from(await response.arrayBuffer())
  }

  /** "Authorize with Shared Key": the string to sign of the Blob service. */
  function signature(method: string, url: URL, headers: Record<string, string>, length: number | undefined) {
    const standard = [method, '', '', length ? String(length) : '', '', '', '', '', '', '', '', '']
    const ours = Object.keys(headers)
      .filter((name) => name.startsWith('x-ms-'))
      .sort()
      .map((name) => `${name}:${headers[name]}`)
    const query = [...url.searchParams].sort().map(([name, value]) => `\n${name}:${value}`)
    const text = [...standard, ...ours, `/${account}${url.pathname}${query.join('')}`].join('\n')
    return createHmac('sha256', key).update(text, 'utf8').digest('base64')
  }

  const names = async (path: string, query: Record<string, string>) => {
    const listed = (await ask('GET', path, query)).toString('utf8')
    return [...listed.matchAll(/<Name>([^<]*)<\/Name>/g)].map(([, name = '']) => name)
  }
  return {
    async list() {
      const containers = await names('', { comp: 'list' })
      const inEach = containers.map(async (container) =>
        (await names(container, { restype: 'container', comp: 'list' })).map(
          (name) => `${container}/${name}`,
        ),
      )
      return (await Promise.all(inEach)).flat()
    },
    read: (path) => ask('GET', path, {}),
    createContainer: async (name) => void (await ask('PUT', name, { restype: 'container' })),
    write: async (path, data) => void (await ask('PUT', path, {}, data)),
  }
}
