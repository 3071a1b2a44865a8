import { describe, expect, it } from 'vitest'
import { noCli, runScript } from './stub-azure.ts'

const STAMP = ['--geography', 'amer']
const listed = (names: readonly string[]) => names.map((name) => `${name}\\tTrue\\n`).join('')

describe.skipIf(noCli)('the operator’s other scripts', () => {
  it.each([
    ['rollback.sh', []],
    ['rotate-keys.sh', ['--key', 'field-key']],
    ['rotate-keys.sh', ['--key', 'notification-certificate']],
    ['rotate-keys.sh', ['--key', 'session-key', '--finish']],
    ['restore.sh', ['--from', '/tmp/nowhere']],
  ])('%s %j runs exactly what its dry run printed', async (script, args) => {
    const [dry, real] = await Promise.all([
      runScript(script, [...STAMP, ...args, '--dry-run']),
      runScript(script, [...STAMP, ...args, '--yes']),
    ])
    expect(dry.code).toBe(0)
    expect(dry.calls).toEqual([])
    // The rows of a restore are put back by a program of ours, which finds no backup here: it stops there.
    if (script === 'restore.sh') expect(dry.printed.slice(0, real.calls.length)).toEqual(real.calls)
    else expect({ calls: real.calls, code: real.code }).toEqual({ calls: dry.printed, code: 0 })
  })

  it('rotates no key whose last rotation has not ended', async () => {
    const ran = await runScript('rotate-keys.sh', [...STAMP, '--key', 'field-key', '--yes'], {
      STUB_SECRETS: listed(['field-key', 'field-key-previous']),
    })
    expect(ran.code).toBe(1)
    expect(ran.stderr).toMatch(/--key field-key --finish/)
    expect(ran.calls.some((call) => call.includes('secret set'))).toBe(false)
  })

  it('keeps the previous key in the vault before there is a new one', async () => {
    const { printed } = await runScript('rotate-keys.sh', [...STAMP, '--key', 'link-key', '--dry-run'])
    const at = (words: RegExp) => printed.findIndex((line) => words.test(line))
    const previous = at(/secret set .*--name link-key-previous/)
    const known = at(/LINK_KEY_PREVIOUS=@Microsoft\.KeyVault/)
    const fresh = at(/secret set .*--name link-key /)
    expect(previous).toBeGreaterThan(-1)
    expect(known).toBeGreaterThan(previous)
    expect(fresh).toBeGreaterThan(known)
  })

  it('never rotates the stamp secret', async () => {
    const ran = await runScript('rotate-keys.sh', [...STAMP, '--key', 'stamp-secret', '--yes'])
    expect(ran.code).toBe(2)
    expect(ran.calls).toEqual([])
  })

  it('restores only keys that are missing', async () => {
    const ran = await runScript('restore.sh', [...STAMP, '--from', '/tmp/nowhere', '--yes'], {
      STUB_SECRETS: listed(['stamp-secret', 'field-key', 'link-key', 'session-key']),
    })
    const restored = ran.calls.filter((call) => call.includes(' restore '))
    expect(restored).toHaveLength(2)
    expect(restored.join('\n')).toMatch(/client-assertion-key\.blob[\s\S]*notification-certificate\.blob/)
  })

  it('deletes nothing until the very name was typed', async () => {
    const ran = await runScript('teardown.sh', STAMP)
    expect(ran.code).toBe(1)
    expect(ran.calls.some((call) => call.includes('delete'))).toBe(false)
    expect((await runScript('teardown.sh', [...STAMP, '--yes'])).calls.join()).not.toMatch(/delete/)
  })

  it('backs every key up as a blob that the vault encrypted, and prints where', async () => {
    const { printed } = await runScript('backup.sh', [...STAMP, '--to', '/tmp/saved', '--dry-run'])
    const saved = printed.filter((line) => / backup /.test(line))
    expect(saved).toHaveLength(6)
    expect(printed.join('\n')).not.toMatch(/secret (show|download)/)
  })
})
