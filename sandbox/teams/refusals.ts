import type { Refusal } from '../contracts.ts'

const LOBBY = 'Configure the lobby, and onlineMeetingBase, allowedLobbyAdmitterRoles'
const OWN = 'A choice of the stand-in: Teams has no such address'

/** Every refusal of the Teams stand-in; a test provokes each by a raw request. `body` is the page's data-testid. */
export const REFUSALS: readonly Refusal[] = [
  {
    id: 'unknown-meeting',
    request: 'GET a join URL that no meeting has',
    status: 404,
    body: 'not-found',
    source: 'Delete onlineMeeting',
  },
  {
    id: 'deleted-meeting',
    request: 'GET the join URL of a meeting that was deleted',
    status: 404,
    body: 'not-found',
    source: 'Delete onlineMeeting',
  },
  {
    id: 'deleted-while-joining',
    request: 'POST "Join now" after the meeting was deleted',
    status: 404,
    body: 'not-found',
    source: 'Delete onlineMeeting',
  },
  {
    id: 'unknown-virtual-appointment',
    request: 'GET /visit/route with a conversation that is not there',
    status: 404,
    body: 'not-found',
    source: 'virtualAppointment: getVirtualAppointmentJoinWebUrl',
  },
  {
    id: 'malformed-address',
    request: 'GET a join URL with broken percent-encoding',
    status: 404,
    body: 'not-found',
    source: OWN,
  },
  {
    id: 'unknown-person',
    request: 'GET the page of somebody who never joined',
    status: 404,
    body: 'unknown-person',
    source: OWN,
  },
  { id: 'wrong-method', request: 'POST to a join URL', status: 405, body: 'wrong-method', source: OWN },
  {
    id: 'admit-by-guest',
    request: 'POST admit as a guest who is in the meeting',
    status: 403,
    body: 'refused',
    source: LOBBY,
  },
  {
    id: 'admit-from-lobby',
    request: 'POST admit as somebody who waits, for oneself',
    status: 403,
    body: 'refused',
    source: LOBBY,
  },
  {
    id: 'admit-by-attendee',
    request: 'POST admit as a colleague while presenters are the organizers alone',
    status: 403,
    body: 'refused',
    source: LOBBY,
  },
  {
    id: 'admit-nobody',
    request: 'POST admit for somebody who does not wait',
    status: 409,
    body: 'refused',
    source: LOBBY,
  },
  {
    id: 'anonymous-off',
    request: 'GET a join URL without an account while anonymous people may not join',
    status: 403,
    body: 'sign-in-required',
    source: 'Manage anonymous participant access to Teams meetings',
  },
  {
    id: 'anonymous-off-join',
    request: 'POST "Join now" without an account while anonymous people may not join',
    status: 403,
    body: 'sign-in-required',
    source: 'Manage anonymous participant access to Teams meetings',
  },
]
