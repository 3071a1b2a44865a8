import { createHmac } from 'node:crypto'

/** The container in which the host keeps timer status and locks; the same name as in Azure. */
export const HOST_CONTAINER = 'azure-webjobs-hosts'
const API_VERSION = '2021-12-02'

type Account = { readonly name: string; readonly key: Buffer; readonly endpoint: URL }
type Ask = {
  readonly method: string
  readonly path: string
  readonly query?: Record<string, string>
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** The few Blob service operations that the host needs ("Blob service REST API"), signed with the account's key. */
export type BlobContainer = {
  create(): Promise<void>
  /** The blob's text, undefined where there is none. */
  read(blob: string): Promise<string | undefined>
  write(blob: string, text: string): Promise<void>
  /** Makes an empty blob where there is none, to hold a lease. */
  touch(blob: string): Promise<void>
  /** Takes a lease of 15 to 60 seconds with a proposed id; the same id may take it again. False where another holds it. */
  acquireLease(blob: string, leaseId: string, seconds: number): Promise<boolean>
  renewLease(blob: string, leaseId: string): Promise<boolean>
  releaseLease(blob: string, leaseId: string): Promise<void>
}

export function openContainer(connectionString: string, container: string): BlobContainer {
  const account = parseAccount(connectionString)
  const send = (ask: Ask, accepted: readonly number[]) => request(account, container, ask, accepted)
  const lease = async (blob: string, headers: Record<string, string>) => {
    const ask = { method: 'PUT', path: `/${blob}`, query: { comp: 'lease' }, headers }
    return (await send(ask, [200, 201, 404, 409, 412])).ok
  }
  return {
    create: async () => {
      await send({ method: 'PUT', path: '', query: { restype: 'container' } }, [201, 409])
    },
    read: async (blob) => {
      const answer = await send({ method: 'GET', path: `/${blob}` }, [200, 404])
      return answer.ok ? answer.text : undefined
    },
    write: async (blob, text) => {
      await send(
        { method: 'PUT', path: `/${blob}`, headers: { 'x-ms-blob-type': 'BlockBlob' }, body: text },
        [201],
      )
    },
    touch: async (blob) => {
      const headers = { 'x-ms-blob-type': 'BlockBlob', 'if-none-match': '*' }
      await send({ method: 'PUT', path: `/${blob}`, headers, body: '' }, [201, 409, 412])
    },
    acquireLease: (blob, id, seconds) =>
      lease(blob, {
        'x-ms-lease-action': 'acquire',
        'x-ms-lease-duration': String(seconds),
        'x-ms-proposed-lease-id': id,
      }),
    renewLease: (blob, id) => lease(blob, { 'x-ms-lease-action': 'renew', 'x-ms-lease-id': id }),
    releaseLease: async (blob, id) => {
      await lease(blob, { 'x-ms-lease-action': 'release', 'x-ms-lease-id': id })
    },
  }
}

async function request(account: Account, container: string, ask: Ask, accepted: readonly number[]) {
  const url = new URL(`${account.endpoint.href.replace(/\/$/, '')}/${container}${ask.path}`)
  for (const [key, value] of Object.entries(ask.query ?? {})) url.searchParams.set(key, value)
  const headers: Record<string, string> = {
    ...ask.headers,
    'x-ms-date': new Date().toUTCString(),
    'x-ms-version': API_VERSION,
    ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  headers.authorization = `SharedKey ${account.name}:${sign(account, ask, url, headers)}`
  const response = await fetch(url, { method: ask.method, headers, body: ask.body ?? null })
  const text = await response.text()
  if (accepted.includes(response.status)) return { ok: response.ok, text }
  throw new Error(
    `The storage account answered ${response.status} to the host (${ask.query?.comp ?? 'blob'})`,
  )
}

/** "Authorize with Shared Key": the string to sign of the Blob service, version 2015-02-21 and later. */
function sign(account: Account, ask: Ask, url: URL, headers: Record<string, string>): string {
  const length = ask.body ? String(Buffer.byteLength(ask.body)) : ''
  const standard = [ask.method, '', '', length, '', headers['content-type'] ?? '', '', '', '']
  const conditions = [headers['if-none-match'] ?? '', '', '']
  const canonicalHeaders = Object.keys(headers)
    .filter((name) => name.startsWith('x-ms-'))
    .sort()
    .map((name) => `${name}:${headers[name]}`)
  const canonicalQuery = [...url.searchParams].sort().map(([key, value]) => `\n${key}:${value}`)
  const resource = `/${account.name}${url.pathname}${canonicalQuery.join('')}`
  const text = [...standard, ...conditions, ...canonicalHeaders, resource].join('\n')
  return createHmac('sha256', account.key).update(text, 'utf8').digest('base64')
}

function parseAccount(connectionString: string): Account {
  const fields = new Map(
    connectionString
      .split(';')
      .filter((part) => part.includes('='))
      .map(
        (part) =>
          [part.slice(0, part.indexOf('=')).toLowerCase(), part.slice(part.indexOf('=') + 1)] as const,
      ),
  )
  const name = fields.get('accountname')
  const key = fields.get('accountkey')
  if (!name || !key) throw new Error('The storage connection string needs AccountName and AccountKey')
  const suffix = fields.get('endpointsuffix') ?? 'core.windows.net'
  const endpoint = fields.get('blobendpoint') ?? `https://${name}.blob.${suffix}`
  return { name, key: Buffer.from(key, 'base64'), endpoint: new URL(endpoint) }
}
