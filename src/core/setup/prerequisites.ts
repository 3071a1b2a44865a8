import type { Tenant, TenantAnswer } from '../sites/tenant.ts'

/** What has to be in place and neither Graph nor the EHR can tell: asked of the administrator. The words are the page's. */
export const prerequisites = [
  'teams_adopted',
  'devices_ready',
  'anonymous_join',
  'browser_join',
  'azure_agreement',
  'ehr_contact',
] as const
export type Prerequisite = (typeof prerequisites)[number]
export type Answered = TenantAnswer['answer']

const ANSWERS: readonly string[] = ['yes', 'no', 'later'] satisfies readonly Answered[]

/** What a form says; what is none of ours, or no answer, is left out. */
export function answersOf(fields: URLSearchParams): ReadonlyMap<Prerequisite, Answered> {
  const given = new Map<Prerequisite, Answered>()
  for (const id of prerequisites) {
    const answer = fields.get(id)
    if (answer !== null && ANSWERS.includes(answer)) given.set(id, answer as Answered)
  }
  return given
}

/** Takes the answers over. One that did not change keeps its date and who gave it. Pure. */
export function withAnswers(
  tenant: Tenant,
  given: ReadonlyMap<Prerequisite, Answered>,
  by: string,
  now: Date,
): Tenant {
  const before = new Map(tenant.answers.map((answer) => [answer.id, answer]))
  for (const [id, answer] of given)
    if (before.get(id)?.answer !== answer) before.set(id, { id, answer, at: now.toISOString(), by })
  return { ...tenant, answers: [...before.values()] }
}

/** `problem`: one is not met. `done`: all are. "Later" is an answer, and leaves the step open. Pure. */
export function prerequisitesState({ answers }: Pick<Tenant, 'answers'>): 'done' | 'todo' | 'problem' {
  const known = new Map(answers.map(({ id, answer }) => [id, answer]))
  if (prerequisites.some((id) => known.get(id) === 'no')) return 'problem'
  return prerequisites.every((id) => known.get(id) === 'yes') ? 'done' : 'todo'
}
