import { z } from 'zod'
import type { Graph } from '../meetings/graph.ts'
import { callGraph, type GraphFailure } from '../meetings/graph-call.ts'
import { ok, type Result } from '../result.ts'

/** What the policy is called in Teams; one for each application, so that two deployments do not share one. */
export function policyName(clientId: string): string {
  return `EhrConnector-${clientId.slice(0, 8)}`
}

/**
 * What a Teams administrator runs so that our application may create meetings for the organizers, and for nobody else
 * (Configure application access to online meetings on behalf of a user). Pure.
 * @param organizers Entra object ids; anything else is left out, since this is pasted into a shell.
 */
export function policyCommands(tenantId: string, clientId: string, organizers: readonly string[]): string {
  const name = policyName(clientId)
  return [
    `Connect-MicrosoftTeams -TenantId "${tenantId}"`,
    `New-CsApplicationAccessPolicy -Identity "${name}" -AppIds "${clientId}" -Description "Teams EHR connector: meetings of video visits"`,
    ...organizers
      .filter((id) => /^[0-9a-f-]{36}$/i.test(id))
      .map((id) => `Grant-CsApplicationAccessPolicy -PolicyName "${name}" -Identity "${id}"`),
  ].join('\n')
}

/** The same for all members of a group at once. Teams takes a rank for a group's policy; the lowest number wins. */
export function groupCommand(clientId: string): string {
  return `Grant-CsApplicationAccessPolicy -PolicyName "${policyName(clientId)}" -Group "OBJECT-ID-OF-THE-GROUP" -Rank 1`
}

/** What a try showed: whether Graph also gives the address that opens in the patient's browser. */
export type Tried = { readonly browserAddress: boolean }

/** The same at every try: a try that broke off leaves one meeting behind, not many. Nobody is invited to it. */
const EXTERNAL_ID = 'teams-ehr-connector-check'

/** Really creates a meeting for the organizer, as a visit would, and deletes it again. */
export async function tryOrganizer(
  graph: Graph,
  userId: string,
  now: Date,
): Promise<Result<Tried, GraphFailure>> {
  const meetings = `/users/${encodeURIComponent(userId)}/onlineMeetings`
  const created = await callGraph(async () =>
    z.object({ id: z.string().min(1) }).parse(
      await graph.api(`${meetings}/createOrGet`).post({
        externalId: EXTERNAL_ID,
        subject: 'Connection check',
        startDateTime: now.toISOString(),
        endDateTime: new Date(now.getTime() + 15 * 60_000).toISOString(),
      }),
    ),
  )
  if (!created.ok) return created
  const path = `${meetings}/${encodeURIComponent(created.value.id)}`
  const address = await callGraph(async () =>
    z.object({ value: z.url() }).parse(await graph.api(`${path}/getVirtualAppointmentJoinWebUrl`).get()),
  )
  // That it could be created is what was asked; one that stays is found again by the next try.
  await callGraph(() => graph.api(path).delete())
  return ok({ browserAddress: address.ok })
}
