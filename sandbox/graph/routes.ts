import { getReport, listRecords, listReports } from './attendance.ts'
import type { Route } from './call.ts'
import { getCallRecord, listCallRecords } from './call-records.ts'
import { createOrGet } from './meeting-create.ts'
import { deleteMeeting, findMeeting, getMeeting, virtualAppointmentUrl } from './meeting-read.ts'
import { updateMeeting } from './meeting-update.ts'
import { listSubscribedSkus } from './subscribed-skus.ts'
import {
  createSubscription,
  deleteSubscription,
  getSubscription,
  listSubscriptions,
  type Reach,
  reauthorizeSubscription,
  updateSubscription,
} from './subscriptions.ts'
import { getLicenseDetails, getOrganization, getUser, listUsers } from './users.ts'

const WRITE_MEETINGS = ['OnlineMeetings.ReadWrite.All']
const READ_MEETINGS = ['OnlineMeetings.Read.All', ...WRITE_MEETINGS]
const ARTIFACTS = ['OnlineMeetingArtifact.Read.All']
const CALL_RECORDS = ['CallRecords.Read.All']
const APPOINTMENTS = ['VirtualAppointment.Read.All', 'VirtualAppointment.ReadWrite.All']
const DIRECTORY = ['Directory.Read.All', 'Directory.ReadWrite.All']
const USERS = ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', ...DIRECTORY]
const LICENCES = ['LicenseAssignment.Read.All', 'User.Read.All', ...DIRECTORY]
const SKUS = [
  'LicenseAssignment.Read.All',
  'Organization.Read.All',
  'Organization.ReadWrite.All',
  ...DIRECTORY,
]
const ORGANIZATION = ['Organization.Read.All', 'Organization.ReadWrite.All', 'User.Read.All', ...DIRECTORY]

/** Every call that is answered, with the application permissions that its page lists. */
export function routes(reach: Reach): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/users/{}/onlineMeetings/createOrGet',
      anyOf: WRITE_MEETINGS,
      handle: createOrGet,
    },
    { method: 'GET', path: '/users/{}/onlineMeetings', anyOf: READ_MEETINGS, handle: findMeeting },
    { method: 'GET', path: '/users/{}/onlineMeetings/{}', anyOf: READ_MEETINGS, handle: getMeeting },
    { method: 'PATCH', path: '/users/{}/onlineMeetings/{}', anyOf: WRITE_MEETINGS, handle: updateMeeting },
    { method: 'DELETE', path: '/users/{}/onlineMeetings/{}', anyOf: WRITE_MEETINGS, handle: deleteMeeting },
    {
      method: 'GET',
      path: '/users/{}/onlineMeetings/{}/getVirtualAppointmentJoinWebUrl',
      anyOf: APPOINTMENTS,
      handle: virtualAppointmentUrl,
    },
    {
      method: 'GET',
      path: '/users/{}/onlineMeetings/{}/attendanceReports',
      anyOf: ARTIFACTS,
      handle: listReports,
    },
    {
      method: 'GET',
      path: '/users/{}/onlineMeetings/{}/attendanceReports/{}',
      anyOf: ARTIFACTS,
      handle: getReport,
    },
    {
      method: 'GET',
      path: '/users/{}/onlineMeetings/{}/attendanceReports/{}/attendanceRecords',
      anyOf: ARTIFACTS,
      handle: listRecords,
    },
    { method: 'GET', path: '/communications/callRecords', anyOf: CALL_RECORDS, handle: listCallRecords },
    { method: 'GET', path: '/communications/callRecords/{}', anyOf: CALL_RECORDS, handle: getCallRecord },
    { method: 'GET', path: '/users', anyOf: USERS, handle: listUsers },
    { method: 'GET', path: '/users/{}', anyOf: USERS, handle: getUser },
    { method: 'GET', path: '/users/{}/licenseDetails', anyOf: LICENCES, handle: getLicenseDetails },
    { method: 'GET', path: '/subscribedSkus', anyOf: SKUS, handle: listSubscribedSkus },
    { method: 'GET', path: '/organization', anyOf: ORGANIZATION, handle: getOrganization },
    {
      method: 'POST',
      path: '/subscriptions',
      anyOf: READ_MEETINGS,
      handle: (call) => createSubscription(call, reach),
    },
    { method: 'GET', path: '/subscriptions', anyOf: READ_MEETINGS, handle: listSubscriptions },
    { method: 'GET', path: '/subscriptions/{}', anyOf: READ_MEETINGS, handle: getSubscription },
    {
      method: 'PATCH',
      path: '/subscriptions/{}',
      anyOf: READ_MEETINGS,
      handle: (call) => updateSubscription(call, reach),
    },
    { method: 'DELETE', path: '/subscriptions/{}', anyOf: READ_MEETINGS, handle: deleteSubscription },
    {
      method: 'POST',
      path: '/subscriptions/{}/reauthorize',
      anyOf: READ_MEETINGS,
      handle: reauthorizeSubscription,
    },
  ]
}
