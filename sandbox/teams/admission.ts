import { type Account, invitation, type MeetingRole, roleIn } from '../graph/roles.ts'
import type { StoredMeeting } from '../graph/state.ts'

export type Admission = { readonly role: MeetingRole; readonly bypassesLobby: boolean }

/**
 * Whether somebody enters at once or waits (lobbyBypassSettings resource type; Configure the lobby in Teams): computed
 * from the meeting's stored scope and the account alone. The organizer and co-organizers never wait. The sandbox has no
 * B2B guests, so `organization` and `organizationExcludingGuests` come to the same; every other organization of the
 * sandbox counts as trusted for `organizationAndFederated`.
 */
export function admissionOf(meeting: StoredMeeting, account: Account): Admission {
  const role = roleIn(meeting, account)
  const sameTenant = account?.tenantId === meeting.tenantId
  const bypassesLobby = (() => {
    if (role === 'organizer' || role === 'coorganizer') return true
    switch (meeting.lobbyScope) {
      case 'everyone':
        return true
      case 'organization':
      case 'organizationExcludingGuests':
        return sameTenant
      case 'organizationAndFederated':
        return account !== undefined
      case 'invited':
        return account !== undefined && invitation(meeting, account.upn) !== undefined
      case 'organizer':
        return false
    }
  })()
  return { role, bypassesLobby }
}

/**
 * Whether somebody who is in the meeting may admit those who wait (onlineMeetingBase, allowedLobbyAdmitterRoles). Only
 * people of the organizer's organization do, whatever role an open meeting gives to others.
 */
export function mayAdmit(meeting: StoredMeeting, account: Account): boolean {
  if (account?.tenantId !== meeting.tenantId) return false
  const role = roleIn(meeting, account)
  if (role === 'organizer' || role === 'coorganizer') return true
  return role === 'presenter' && meeting.allowedLobbyAdmitters === 'organizerAndCoOrganizersAndPresenters'
}
