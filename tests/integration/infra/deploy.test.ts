import { createPrivateKey } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { noCli, type Ran, runScript } from './stub-azure.ts'

const TENANT = '11111111-1111-1111-1111-111111111111'
const ARGS = ['--geography', 'amer', '--tenants', TENANT]
const ALL_KEYS = ['stamp-secret', 'field-key', 'link-key', 'session-key', 'client-assertion-key']
const listed = (names: readonly string[]) => names.map((name) => `${name}\\tTrue\\n`).join('')
const written = ({ calls }: Ran) =>
  calls.filter((call) => /keyvault (secret set|certificate create)/.test(call))

describe.skipIf(noCli)('deploy.sh', () => {
  let dry: Ran
  let real: Ran
  beforeAll(async () => {
    ;[dry, real] = await Promise.all([
      runScript('deploy.sh', [...ARGS, '--dry-run'], { COMPILE: 'yes' }),
      runScript('deploy.sh', [...ARGS, '--yes']),
    ])
  })

  it('prints the whole plan in a dry run and calls nothing', () => {
    expect(dry.code).toBe(0)
    expect(dry.calls).toEqual([])
    const order = [
      /^az account show/,
      /^az group create/,
      /^az rest .*applications\(uniqueName=/,
      /what-if/,
      /--name vault /,
      /secret set .*stamp-secret/,
      /certificate create .*notification-certificate/,
      /--name main --parameters infra\/parameters\/amer\.bicepparam --output none/,
      /federatedIdentityCredentials/,
      /^npm run package/,
      /config-zip/,
      /--name events/,
      /^curl .*\/health/,
      /^npm run doctor/,
    ].map((wanted) => dry.printed.findIndex((line) => wanted.test(line)))
    expect(order).not.toContain(-1)
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  it('runs exactly what the dry run printed', () => {
    expect(real.stderr).toBe('')
    expect(real.code).toBe(0)
    expect(real.calls).toEqual(dry.printed)
    expect(real.printed).toEqual(dry.printed)
  })

  it('makes every key of 32 random bytes, an EC P-384 key for assertions, and shows none of them', () => {
    expect(real.keys).toHaveLength(ALL_KEYS.length)
    expect(new Set(real.keys).size).toBe(ALL_KEYS.length)
    const jwk = JSON.parse(real.keys.find((key) => key.startsWith('{')) ?? '{}')
    expect(createPrivateKey({ key: jwk, format: 'jwk' }).asymmetricKeyDetails?.namedCurve).toBe('secp384r1')
    const random = real.keys.filter((key) => !key.startsWith('{'))
    for (const key of random) expect(Buffer.from(key, 'base64')).toHaveLength(32)
    const seen = [real.stdout, real.stderr, ...real.calls].join('\n')
    for (const key of [...random, jwk.d]) expect(seen).not.toContain(key)
  })

  it('overwrites no key when it runs again', async () => {
    const again = await runScript('deploy.sh', [...ARGS, '--yes'], {
      STUB_STORAGE: 'there',
      STUB_SECRETS: listed([...ALL_KEYS, 'notification-certificate']),
    })
    expect(again.code).toBe(0)
    expect(written(again)).toEqual([])
    expect(again.calls.some((call) => call.includes('config-zip'))).toBe(true)
  })

  it('takes a vault that cannot be read for what it is, not for an empty one', async () => {
    const locked = await runScript('deploy.sh', [...ARGS, '--yes'], { STUB_FAILS: 'keyvault secret list' })
    expect(locked.code).toBe(1)
    expect(written(locked)).toEqual([])
    expect(locked.stderr).toMatch(/what to do: you need Key Vault Secrets Officer/)
  })

  it('makes no new stamp secret for a stamp that has data: it must come from the backup', async () => {
    const lost = await runScript('deploy.sh', [...ARGS, '--yes'], {
      STUB_STORAGE: 'there',
      STUB_SECRETS: listed(ALL_KEYS.slice(1)),
    })
    expect(lost.code).toBe(1)
    expect(written(lost)).toEqual([])
    expect(lost.stderr).toMatch(/infra\/restore\.sh/)
  })

  it('asks nothing of Entra where the application was made, and trusts the identity, already', async () => {
    const given = ['--client-id', '33333333-3333-3333-3333-333333333333', '--federated']
    const ran = await runScript('deploy.sh', [...ARGS, ...given, '--yes'], {
      EHR_OPERATOR_ID: '22222222-2222-2222-2222-222222222222',
      EHR_LOCATION: '',
    })
    expect(ran.code).toBe(0)
    expect(ran.calls.filter((call) => /graph\.microsoft|az ad /.test(call))).toEqual([])
    expect(ran.calls.some((call) => call.includes('operatorId=22222222'))).toBe(true)
  })

  it('says what to do when a step fails, and stops there', async () => {
    const failed = await runScript('deploy.sh', [...ARGS, '--yes'], { STUB_FAILS: 'what-if' })
    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(/^failed: az deployment group what-if/m)
    expect(failed.stderr).toMatch(/^what to do: /m)
    expect(failed.calls.at(-1)).toMatch(/what-if/)
  })

  it('stops before anything is made where the subscription has no storage account left, but upgrades', async () => {
    const full = { STUB_USAGE: '250 250' }
    const failed = await runScript('deploy.sh', [...ARGS, '--yes'], full)
    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(/no storage account left/)
    expect(failed.stderr).toMatch(/what to do: ask for more in the Azure portal, Quotas/)
    expect(failed.calls.some((call) => call.includes('create'))).toBe(false)
    const secrets = listed([...ALL_KEYS, 'notification-certificate'])
    const upgraded = { ...full, STUB_STORAGE: 'there', STUB_SECRETS: secrets }
    expect((await runScript('deploy.sh', [...ARGS, '--yes'], upgraded)).code).toBe(0)
  })

  it('ends by asking the doctor, and says that the release is live where it finds something', async () => {
    const failed = await runScript('deploy.sh', [...ARGS, '--yes'], { STUB_FAILS: 'npm run doctor' })
    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(/what to do: the release is live/)
    expect(failed.stdout).toMatch(/Done\. What to do next:/)
  })

  it('stops before anything is made where the region lacks Node 24', async () => {
    const failed = await runScript('deploy.sh', [...ARGS, '--yes'], { STUB_RUNTIMES: '22' })
    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(/choose another region of amer/)
    expect(failed.calls.some((call) => call.includes('create'))).toBe(false)
  })
})

describe.skipIf(noCli)('deploy.sh refuses, with the reason, before it does anything', () => {
  it.each([
    ['an unknown geography', ['--geography', 'mars', '--tenants', TENANT], 2, /amer, emea, apac/],
    ['no tenant', ['--geography', 'amer'], 2, /--tenants is needed/],
    ['an unknown option', [...ARGS, '--force'], 2, /unknown option --force/],
    ['a link host that is too long', [...ARGS, '--link-host', `${'a'.repeat(40)}.example`], 1, /40/],
  ])('%s', async (_name, args, code, words) => {
    const ran = await runScript('deploy.sh', [...args, '--dry-run'], { COMPILE: 'yes' })
    expect(ran.code).toBe(code)
    expect(ran.stderr).toMatch(words)
    expect(ran.calls).toEqual([])
  })
})
