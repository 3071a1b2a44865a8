import { execFileSync, spawnSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { APPLICATION_PERMISSIONS } from '../../sandbox/entra/permissions.ts'
import { CONFIGURE, READ_REPORTS } from '../../sandbox/entra/tenants.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const infra = `${root}infra/`
const scripts = (await readdir(infra, { recursive: true })).filter((file) => file.endsWith('.sh')).sort()
const shellcheck = spawnSync('shellcheck', ['--version']).status === 0
if (!shellcheck) process.stdout.write('shellcheck is not installed: the scripts are only parsed.\n')

describe('the scripts of infra/', () => {
  it.each(scripts)('%s is a script that bash understands', (script) => {
    expect(() => execFileSync('bash', ['-n', infra + script])).not.toThrow()
  })

  it.skipIf(!shellcheck)('have nothing that shellcheck would mend', () => {
    const { stdout, status } = spawnSync(
      'shellcheck',
      ['-x', ...scripts.map((script) => `infra/${script}`)],
      {
        cwd: root,
        encoding: 'utf8',
      },
    )
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })

  it('never give a key as an argument, and run every change through the one list', async () => {
    for (const script of scripts) {
      const text = await readFile(infra + script, 'utf8')
      expect(text, script).not.toMatch(/secret set [^\n]*--value/)
      // A bare call would be run by a dry run too.
      const bare = text
        .split('\n')
        .filter((line) => /^\s*az .*\b(create|set|delete|update|upload)\b/.test(line))
      expect(bare, script).toEqual([])
    }
  })
})

describe('the Entra application', () => {
  it('asks for the least: only these application permissions, each with its reason', async () => {
    const { application, PERMISSIONS, OPTIONAL_PERMISSIONS } = await import(`${infra}entra/application.mjs`)
    const asked = application('sample', 'https://visits.example.org').requiredResourceAccess
    expect(asked).toHaveLength(1)
    expect(asked[0].resourceAccess).toHaveLength(PERMISSIONS.length)
    expect(PERMISSIONS.map(({ name }: { name: string }) => name).sort()).toEqual([
      'OnlineMeetingArtifact.Read.All',
      'OnlineMeetings.ReadWrite.All',
      'Organization.Read.All',
      'User.Read.All',
      'VirtualAppointment.Read.All',
    ])
    for (const { why } of PERMISSIONS) expect(why.length).toBeGreaterThan(10)
    const more = application('sample', 'https://visits.example.org', 'single', 'call-quality')
    expect(more.requiredResourceAccess[0].resourceAccess).toHaveLength(PERMISSIONS.length + 1)
    expect(OPTIONAL_PERMISSIONS.map(({ name }: { name: string }) => name)).toEqual(['CallRecords.Read.All'])
  })

  it('is for one organization unless several are asked for, and has no secret', async () => {
    const { application } = await import(`${infra}entra/application.mjs`)
    const made = application('sample', 'https://visits.example.org')
    expect(made.signInAudience).toBe('AzureADMyOrg')
    expect(application('s', 'https://v.example.org', 'multiple').signInAudience).toBe('AzureADMultipleOrgs')
    expect(made.groupMembershipClaims).toBe('DirectoryRole')
    expect(JSON.stringify(made)).not.toMatch(/passwordCredentials|keyCredentials|secret/i)
  })

  it('has every redirect URI that the sign-in uses', async () => {
    const { application } = await import(`${infra}entra/application.mjs`)
    const made = application('sample', 'https://visits.example.org')
    const files = (await readdir(`${root}src`, { recursive: true })).filter((file) => /\.tsx?$/.test(file))
    const sources = await Promise.all(files.map((file) => readFile(`${root}src/${file}`, 'utf8')))
    const used = [...sources.join('\n').matchAll(/signInOf\(settings, assertion, now, '([^']+)'\)/g)].map(
      ([, path]) => path,
    )
    expect(used.sort()).toEqual(['/portal/signin', '/signin/callback'])
    for (const path of [...used, '/portal/consent'])
      expect(made.web.redirectUris).toContain(`https://visits.example.org${path}`)
    expect(made.web.redirectUris).toHaveLength(3)
  })

  it('asks Entra and its stand-in for the same permissions, roles and ways back', async () => {
    const { application, PERMISSIONS, OPTIONAL_PERMISSIONS, REDIRECT_PATHS } = await import(
      `${infra}entra/application.mjs`
    )
    const made = application('sample', 'https://visits.example.org')
    expect(made.appRoles.map(({ value }: { value: string }) => value)).toEqual([CONFIGURE, READ_REPORTS])
    expect(new Set(made.appRoles.map(({ id }: { id: string }) => id)).size).toBe(2)
    const all = [...PERMISSIONS, ...OPTIONAL_PERMISSIONS]
    expect(all.map(({ name }: { name: string }) => name).sort()).toEqual([...APPLICATION_PERMISSIONS].sort())
    const sandbox = await readFile(`${root}sandbox/sandbox.ts`, 'utf8')
    for (const path of REDIRECT_PATHS) expect(sandbox).toContain(`'${path}'`)
  })
})
