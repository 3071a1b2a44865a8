import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type BuildOptions, build, type Loader, type Metafile, transform } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Packages that bring a way of their own to the network, past every check of ours. */
const OTHER_FETCHES = new Set(
  `cross-fetch node-fetch node-fetch-native isomorphic-fetch isomorphic-unfetch unfetch whatwg-fetch undici axios got
  ky ofetch wretch superagent request needle phin bent make-fetch-happen minipass-fetch follow-redirects popsicle
  fetch-h2 simple-get hyperquest node-libcurl`.split(/\s+/),
)

/** Packages in the bundle that use the platform's fetch or open sockets, and why that is all right. */
const NETWORK_PACKAGES: Readonly<Record<string, string>> = {
  '@azure/msal-node': "calls the operator's Entra authority",
  '@microsoft/microsoft-graph-client': "calls the operator's Graph base URL",
  '@typespec/ts-http-runtime': "the Azure SDKs' transport: the operator's own storage, vault and ACS",
  '@azure/core-rest-pipeline': 'the same',
  'agent-base': 'proxy of that transport',
  'http-proxy-agent': 'proxy of that transport',
  'https-proxy-agent': 'proxy of that transport',
  '@azure/functions': 'talks to the functions host that runs it',
  oauth4webapi: 'falls back to fetch where customFetch is missing; see the test on custom fetches',
  jose: 'the same',
}

/** Files of ours that may open connections. */
const OUTBOUND_FILES = new Set([
  'src/core/http/outbound-agents.ts',
  'src/core/http/outbound-exchange.ts',
  'src/core/http/outbound-lookup.ts',
])

/** Files that call endpoints of the operator's own settings, and nothing else, by the platform's fetch. */
const OPERATORS_ENDPOINTS: Readonly<Record<string, string>> = {
  'src/core/health.ts': 'asks Entra, Graph and ACS whether they answer',
  'src/core/accounts/sign-in.ts': 'discovery, token and keys of ENTRA_AUTHORITY',
  'src/core/meetings/roster/sender-tokens.ts': 'keys of ENTRA_AUTHORITY',
}

const GLOBALS = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource']
const MARK = '__the_platforms_own__'
const define = Object.fromEntries(
  GLOBALS.flatMap((name) =>
    [name, ...['globalThis', 'global', 'self', 'window'].map((owner) => `${owner}.${name}`)].map((key) => [
      key,
      MARK,
    ]),
  ),
)
const SOCKET_MODULE = /^(node:)?(https?|http2|net|tls|dgram|quic)$/

/** Whether code uses a global that opens connections. esbuild knows scopes: a parameter named fetch is not one. */
async function usesNetworkGlobal(file: string): Promise<boolean> {
  const code = readFileSync(join(root, file), 'utf8')
  if (!GLOBALS.some((name) => code.includes(name))) return false
  const loader: Loader = file.endsWith('.tsx') ? 'tsx' : file.endsWith('.ts') ? 'ts' : 'js'
  const { code: marked } = await transform(code, { loader, define, logLevel: 'silent' })
  return marked.includes(MARK)
}

function packageOf(file: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]
}

/** What scripts/build.ts bundles with. */
async function buildOptions(): Promise<BuildOptions> {
  const path = join(root, 'scripts/build.ts')
  if (!existsSync(path)) throw new Error('scripts/build.ts, whose bundle this guards, does not exist')
  const module: { buildOptions?: BuildOptions | (() => BuildOptions) } = await import(
    pathToFileURL(path).href
  )
  const options = typeof module.buildOptions === 'function' ? module.buildOptions() : module.buildOptions
  if (options === undefined) throw new Error('scripts/build.ts exports no buildOptions')
  return { ...options, absWorkingDir: root, logLevel: 'silent', write: false, metafile: true }
}

describe('the bundle', () => {
  let inputs: Metafile['inputs']
  beforeAll(async () => {
    const { metafile } = await build(await buildOptions())
    inputs = metafile?.inputs ?? {}
  }, 60_000)

  test('holds no other fetch', () => {
    const packages = new Set(Object.keys(inputs).map(packageOf))
    expect([...packages].filter((name) => name !== undefined && OTHER_FETCHES.has(name))).toEqual([])
    expect([...packages].length).toBeGreaterThan(10)
  })

  test('reaches the network through known packages only', async () => {
    const unknown: string[] = []
    for (const [file, { imports }] of Object.entries(inputs)) {
      const name = packageOf(file)
      if (name === undefined || Object.hasOwn(NETWORK_PACKAGES, name)) continue
      const sockets = imports.some(({ path, external }) => external && SOCKET_MODULE.test(path))
      if (sockets || (/\.[cm]?js$/.test(file) && (await usesNetworkGlobal(file)))) unknown.push(file)
    }
    expect(unknown).toEqual([])
  })

  test('gives fhirclient our fetch, and it is the one that the application sets', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'outbound-'))
    try {
      const contents = `export * as fhirclient from 'fhirclient/lib/FhirClient.js'
        export { useFetch } from './src/core/http/cross-fetch.ts'`
      const { entryPoints: _, ...options } = await buildOptions()
      const stdin = { contents, resolveDir: root, loader: 'ts' as const }
      const output = { splitting: false, sourcemap: false, legalComments: 'none' } as const
      const { outputFiles } = await build({ ...options, ...output, stdin })
      const file = join(folder, 'bundle.mjs')
      writeFileSync(file, outputFiles?.[0]?.contents ?? '')
      const { fhirclient, useFetch } = await import(/* @vite-ignore */ pathToFileURL(file).href)
      const FhirClient = fhirclient.default.default ?? fhirclient.default
      const client = new FhirClient('https://ehr.example/r4')
      await expect(client.fhirRequest('metadata')).rejects.toMatchObject({ code: 'outbound_not_ready' })
      const seen: unknown[] = []
      useFetch(async (url: unknown) => Response.json(seen.push(url)))
      expect(await client.fhirRequest('metadata')).toBe(1)
      expect(seen).toEqual(['https://ehr.example/r4/metadata'])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('the source', () => {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: root }).map((file) => file.replaceAll('\\', '/'))

  test('uses no fetch and no socket of the platform outside the safe fetch', async () => {
    const direct: string[] = []
    for (const file of files) {
      if (OUTBOUND_FILES.has(file)) continue
      const code = readFileSync(join(root, file), 'utf8')
      const loader = file.endsWith('.tsx') ? 'tsx' : 'ts'
      // Without types: importing the type of a server opens nothing.
      const { code: plain } = await transform(code, { loader, logLevel: 'silent' })
      const imports = [...plain.matchAll(/\b(?:from|import|require)\s*\(?\s*["']([^"']+)["']/g)].map(
        ([, path]) => path ?? '',
      )
      const sockets = imports.filter((path) => SOCKET_MODULE.test(path) || OTHER_FETCHES.has(path))
      if (sockets.some((path) => path !== 'node:net' || /\b(connect|Socket|createConnection)\b/.test(plain)))
        direct.push(`${file}: ${sockets}`)
      if (!Object.hasOwn(OPERATORS_ENDPOINTS, file) && (await usesNetworkGlobal(file)))
        direct.push(`${file}: global`)
    }
    expect(direct).toEqual([])
    expect(files).toEqual(expect.arrayContaining([...OUTBOUND_FILES]))
  })

  // oauth4webapi and jose call the platform's fetch unless they are given another.
  test('gives every call of oauth4webapi and jose that asks a server a fetch of ours', () => {
    const asks =
      /\b(\w+Request|validateApplicationLevelSignature|validateJwtAccessToken|validateJwtAuthResponse|validateDetachedSignatureResponse|validateCodeIdTokenResponse|createRemoteJWKSet)\s*\(/
    const careless = files.filter((file) => {
      const code = readFileSync(join(root, file), 'utf8')
      return (
        /from ['"](oauth4webapi|jose)['"]/.test(code) &&
        asks.test(code) &&
        // Their own way of taking a fetch, or the options that one place makes with it.
        !/\[\s*[\w.]*[fF]etch\s*\]|\brequestOptions\(/.test(code) &&
        !Object.hasOwn(OPERATORS_ENDPOINTS, file)
      )
    })
    expect(careless).toEqual([])
  })
})

test('the scan itself tells a global from a name', async () => {
  const marked = async (code: string) => (await transform(code, { loader: 'ts', define })).code.includes(MARK)
  for (const code of [
    'fetch(u)',
    'const f = globalThis.fetch',
    'x({ fetch })',
    'new WebSocket(u)',
    'global.fetch(u)',
  ])
    expect(await marked(code), code).toBe(true)
  for (const code of [
    '(fetch) => fetch(u)',
    'deps.fetch(u)',
    'type F = typeof fetch',
    'import { fetch } from "./a.ts"; fetch(u)',
    '"fetch"',
  ])
    expect(await marked(code), code).toBe(false)
})
