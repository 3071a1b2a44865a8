import { beforeEach, describe, expect, it } from 'vitest'
import { ACCOUNTS, defaultTenants, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import { HALF_AN_HOUR, SOON, type TeamsShell, teamsShell } from '../../../sandbox/powershell/shell.ts'
import { movableClock } from './ehr-app.ts'

const APP = '5d0c6f1e-2b7a-4c39-8e54-1f9a7b3d6c20'
const { organizer, clinician } = ACCOUNTS.woodgrove
const NEW = `New-CsApplicationAccessPolicy -Identity connector -AppIds "${APP}" -Description "Video visits"`
const GRANT =
  'Grant-CsApplicationAccessPolicy -PolicyName connector -Identity "visits@woodgroveclinics.example"'

let clock: ReturnType<typeof movableClock>
let shell: TeamsShell
beforeEach(() => {
  clock = movableClock()
  shell = teamsShell({ tenants: defaultTenants(), appId: APP, now: clock.now })
})
const run = (paste: string) => {
  const before = shell.transcript(WOODGROVE_CLINICS).length
  shell.run(WOODGROVE_CLINICS, paste)
  return shell.transcript(WOODGROVE_CLINICS).slice(before)
}
const printed = (paste: string) => run(paste).flatMap(({ lines }) => lines)

describe('an access policy', () => {
  it('counts at Graph once it was made, granted, and some seconds went by', () => {
    expect(run(`${NEW}\n${GRANT}`).map(({ failed }) => failed)).toEqual([false, false])
    expect([shell.accessPolicy.has(organizer), shell.accessPolicy.pending]).toEqual([false, 1])
    clock.advance(SOON * 1000)
    expect([shell.accessPolicy.has(organizer), shell.accessPolicy.pending]).toEqual([true, 0])
    expect(shell.accessPolicy.has(clinician)).toBe(false)
  })

  it('takes half an hour where the switch says so', () => {
    shell.settings.delaySeconds = HALF_AN_HOUR
    run(`${NEW}; ${GRANT}`)
    clock.advance((HALF_AN_HOUR - 1) * 1000)
    expect(shell.accessPolicy.has(organizer)).toBe(false)
    clock.advance(1000)
    expect(shell.accessPolicy.has(organizer)).toBe(true)
  })

  it('granted to everybody reaches everybody, and $null takes it away again', () => {
    run(`${NEW}\nGrant-CsApplicationAccessPolicy -PolicyName connector -Global`)
    clock.advance(SOON * 1000)
    expect(shell.accessPolicy.has(clinician)).toBe(true)
    run('Grant-CsApplicationAccessPolicy -PolicyName $null -Global')
    clock.advance(SOON * 1000)
    expect(shell.accessPolicy.has(clinician)).toBe(false)
  })

  it('that names another application gives ours nothing, until it is set right', () => {
    run(`New-CsApplicationAccessPolicy -Identity connector -AppIds "${organizer}"\n${GRANT}`)
    clock.advance(SOON * 1000)
    expect(shell.accessPolicy.has(organizer)).toBe(false)
    run(`Set-CsApplicationAccessPolicy -Identity Tag:connector -AppIds "${organizer}", "${APP}"`)
    clock.advance(SOON * 1000)
    expect(shell.accessPolicy.has(organizer)).toBe(true)
    expect(printed('Get-CsApplicationAccessPolicy')).toContain(`AppIds      : {${organizer}, ${APP}}`)
  })

  it('is read as people paste it: typographic quotes, comments, a command over two lines', () => {
    run(
      `# first the policy\n${NEW.replaceAll('"', '”')} # ours\nGrant-CsApplicationAccessPolicy \`\n  -PolicyName connector -Identity ${organizer}`,
    )
    clock.advance(SOON * 1000)
    expect(shell.accessPolicy.has(organizer)).toBe(true)
  })
})

describe('the meeting policy', () => {
  it('lets anonymous people in until it is switched off, and again when switched on', () => {
    expect(shell.anonymousJoin(WOODGROVE_CLINICS)).toBe(true)
    run('Set-CsTeamsMeetingPolicy -Identity Global -AllowAnonymousUsersToJoinMeeting $false')
    expect(shell.anonymousJoin(WOODGROVE_CLINICS)).toBe(false)
    expect(printed('get-csteamsmeetingpolicy -identity global')).toContain(
      'AllowAnonymousUsersToJoinMeeting  : False',
    )
    run('Set-CsTeamsMeetingPolicy -Identity Global -AllowAnonymousUsersToJoinMeeting $true')
    expect(shell.anonymousJoin(WOODGROVE_CLINICS)).toBe(true)
  })
})

describe('PowerShell refuses, in its own words, and nothing changes', () => {
  it.each([
    [
      'an unknown cmdlet',
      'New-CsAccessPolicy -Identity x',
      "The term 'New-CsAccessPolicy' is not recognized",
    ],
    [
      'an unknown parameter',
      `${NEW} -Tenant x`,
      "A parameter cannot be found that matches parameter name 'Tenant'.",
    ],
    ['a parameter twice', `${NEW} -Identity y`, "parameter 'Identity' is specified more than once"],
    [
      'a stray argument',
      `New-CsApplicationAccessPolicy connector`,
      "cannot be found that accepts argument 'connector'",
    ],
    [
      'a second value',
      'Get-CsApplicationAccessPolicy -Identity a b',
      "cannot be found that accepts argument 'b'",
    ],
    [
      'a missing argument',
      'New-CsApplicationAccessPolicy -Identity',
      "Missing an argument for parameter 'Identity'",
    ],
    [
      'a missing parameter',
      `New-CsApplicationAccessPolicy -AppIds "${APP}"`,
      'missing mandatory parameters: Identity',
    ],
    [
      'no one to grant to',
      `${NEW}\nGrant-CsApplicationAccessPolicy -PolicyName connector`,
      'missing mandatory parameters: Identity',
    ],
    ['both a user and everybody', `${NEW}\n${GRANT} -Global`, 'Parameter set cannot be resolved'],
    [
      'an app id that is none',
      'New-CsApplicationAccessPolicy -Identity x -AppIds "app"',
      'is not a valid GUID',
    ],
    ['a policy that exists', `${NEW}\n${NEW}`, 'already exists'],
    ['a policy that is not there', GRANT, 'is not a user policy. You can assign only a user policy'],
    [
      'somebody who is not there',
      `${NEW}\n${GRANT.replace('visits@', 'nobody@')}`,
      'Management object not found for identity',
    ],
    [
      'a placeholder left as it is',
      `${NEW}\n${GRANT.replace('visits@woodgroveclinics.example', '<organizer>')}`,
      'Management object not found',
    ],
    [
      'a word for a truth value',
      'Set-CsTeamsMeetingPolicy -AllowAnonymousUsersToJoinMeeting yes',
      'Boolean parameters accept only Boolean values',
    ],
    [
      'a string for a truth value',
      'Set-CsTeamsMeetingPolicy -AllowAnonymousUsersToJoinMeeting "$true"',
      'Boolean parameters accept only',
    ],
    [
      'an open string',
      'New-CsApplicationAccessPolicy -Identity "connector',
      'The string is missing the terminator: ".',
    ],
    [
      'an argument to a switch',
      `${NEW}\nGrant-CsApplicationAccessPolicy -PolicyName connector -Global yes`,
      "accepts argument 'yes'",
    ],
  ])('%s', (_what, paste, words) => {
    const entries = run(paste)
    expect(entries.at(-1)).toMatchObject({ failed: true })
    expect(entries.at(-1)?.lines[0]).toContain(words)
    expect(shell.accessPolicy.pending).toBe(0)
    expect(shell.anonymousJoin(WOODGROVE_CLINICS)).toBe(true)
  })
})
