import { randomBytes } from 'node:crypto'
import { missingSettings } from '../core/sites/may-finish.ts'
import type { Site } from '../core/sites/site.ts'
import type { UrlCheck } from '../core/sites/validation/finding.ts'
import { noteWords } from '../core/sites/validation/note-words.ts'
import { problemWords } from '../core/sites/validation/problem-words.ts'
import type { Validated } from '../core/sites/validation/validate-base.ts'
import type { BaseForm, CheckModel, SiteRow } from '../pages/portal/sites/model.ts'

/** What somebody typed into the open row. */
export type Typed = { readonly name: string; readonly url: string; readonly environment: string }

const CHECKED: Readonly<Record<UrlCheck, string>> = {
  address: 'address',
  reachable: 'reachable',
  fhir: 'FHIR R4',
  appointments: 'appointments',
  smart: 'SMART configuration and PKCE',
  sign_in: 'sign-in methods',
  keys: 'signing keys',
}

export function checkModel({ problem, passed, likelyUrl, notes, software }: Validated): CheckModel {
  return {
    state: problem === undefined ? 'good' : 'bad',
    passed: passed.map((check) => CHECKED[check]),
    problem: problem && problemWords(problem),
    likelyUrl,
    notes: notes.map(noteWords),
    software: software && [software.name, software.version].filter(Boolean).join(' '),
  }
}

export function siteRow(site: Site): SiteRow {
  const { siteId, name, fhirBaseUrl: url, environment, setup } = site
  return { siteId, name, url, environment, inSetup: setup === true, missing: missingSettings(site).length }
}

/** @param draft the word that an earlier answer gave this form; a new one where there was none. */
export function newForm(typed: Typed, draft = '', more: Partial<BaseForm> = {}): BaseForm {
  const word = /^[\w-]{16}$/.test(draft) ? draft : randomBytes(12).toString('base64url')
  return { action: '/portal/sites', hidden: { draft: word }, ...shown(typed), ...more }
}

export function editForm(
  siteId: string,
  version: string,
  typed: Typed,
  more: Partial<BaseForm> = {},
): BaseForm {
  return { action: `/portal/sites/${siteId}/base`, hidden: { siteId, version }, ...shown(typed), ...more }
}

function shown({ name, url, environment }: Typed): Pick<BaseForm, 'name' | 'url' | 'environment'> {
  return { name, url, environment: environment === 'production' ? environment : 'testing' }
}

/** A name and an environment that can be saved, or what is wrong with them. */
export function namedBase(
  { name, environment }: Typed,
  url: string,
):
  | { readonly name: string; readonly environment: Site['environment'] }
  | Pick<BaseForm, 'nameError' | 'environmentError'> {
  const called = name.trim() || (URL.canParse(url) ? new URL(url).hostname : '')
  if (environment !== 'testing' && environment !== 'production')
    return { environmentError: 'Choose Testing or Production.' }
  if (called.length > 100) return { nameError: 'Use at most 100 characters.' }
  return { name: called, environment }
}
