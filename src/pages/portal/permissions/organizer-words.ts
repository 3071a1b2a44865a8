import type { Standing } from '../layout/state.tsx'
import { graphWords } from './graph-words.ts'
import type { OrganizerRow } from './model.ts'

export type Line = { readonly is: Standing; readonly says: string; readonly remedy?: string }

/** What was found about an organizer account, a line each, with what to do. */
export function organizerLines(check: OrganizerRow['check']): Line[] {
  if (check === undefined) return [{ is: 'quiet', says: 'Not checked yet' }]
  const account = accountLine(check)
  if (check.account === 'gone' || check.account === 'unknown') return [account]
  const lines = [account, teamsLine(check)]
  if (check.account === 'ok' && check.teams !== 'no') lines.push(policyLine(check))
  if (check.browserAddress !== undefined) lines.push(browserLine(check.browserAddress))
  return lines
}

type Check = NonNullable<OrganizerRow['check']>

function accountLine({ account, problem }: Check): Line {
  switch (account) {
    case 'ok':
      return { is: 'good', says: 'Account exists and may sign in' }
    case 'disabled':
      return {
        is: 'bad',
        says: 'Sign-in is blocked',
        remedy: 'Allow it in the Microsoft 365 admin center, under Users, or choose another account.',
      }
    case 'gone':
      return {
        is: 'bad',
        says: 'Account is gone',
        remedy: 'It was deleted. Restore it within 30 days, or remove it here and choose another one.',
      }
    default:
      return { is: 'warn', says: 'Not known', remedy: graphWords(problem) }
  }
}

function teamsLine({ teams }: Check): Line {
  if (teams === 'yes') return { is: 'good', says: 'Licence includes Teams' }
  if (teams === 'unknown')
    return { is: 'quiet', says: 'Licence not known', remedy: 'Microsoft did not tell. Check again.' }
  return {
    is: 'bad',
    says: 'No licence with Teams',
    remedy:
      'Assign one in the Microsoft 365 admin center, under Users, Licenses and apps. It counts after some minutes.',
  }
}

function policyLine({ policy, problem }: Check): Line {
  if (policy === 'ok') return { is: 'good', says: 'Meetings can be created for it' }
  if (policy === 'waiting')
    return {
      is: 'warn',
      says: 'Access policy not in effect',
      remedy: 'Run the commands below. Once they were run it takes up to 30 minutes.',
    }
  return { is: 'warn', says: 'Meeting could not be tried', remedy: graphWords(problem) }
}

/** For information: patients join either way. */
function browserLine(given: boolean): Line {
  return given
    ? { is: 'good', says: 'Patients join in the browser at once' }
    : { is: 'quiet', says: 'Patients choose the browser on Teams’ own page' }
}
