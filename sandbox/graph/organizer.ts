import type { EntraUser } from '../contracts.ts'
import { type Answer, noSuchResource, notFound, refuse } from './answers.ts'
import { type GraphCall, parameter } from './call.ts'
import { type StoredMeeting, userOf } from './state.ts'

/**
 * The user in the path, who must exist and hold an application access policy that names our application (Configure
 * application access to online meetings). The path takes an object id, not a user principal name.
 */
export function organizerOf(
  call: GraphCall,
  verb: 'Create' | 'Get' | 'Update' | 'Delete',
): EntraUser | Answer {
  const id = parameter(call, 0)
  const user = userOf(call.tenant, id, false)
  if (!user) return noSuchResource(id)
  const { accessPolicy, appId, settings } = call.state
  const namesUs = appId === undefined || call.appId === undefined || call.appId === appId
  if (accessPolicy.has(user.id) && namesUs) return user
  return settings.policyRefusal === 'Forbidden'
    ? refuse(403, 'Forbidden', 'No application access policy found for this app')
    : refuse(
        403,
        'Unauthorized',
        `App ${call.appId ?? ''} is not authorized to ${verb} meeting on behalf of user ${user.id}`,
      )
}

/** The meeting in the path, which must be this organizer's. */
export function meetingOf(call: GraphCall, verb: 'Get' | 'Update' | 'Delete'): StoredMeeting | Answer {
  const organizer = organizerOf(call, verb)
  if ('status' in organizer) return organizer
  const meeting = call.state.meetings.get(parameter(call, 1))
  if (!meeting || meeting.tenantId !== call.tenant.id || meeting.organizerId !== organizer.id) {
    return notFound('Meeting not found')
  }
  return meeting
}
