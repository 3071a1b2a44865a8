import type { Refusal } from '../../contracts.ts'

const LIST = 'List callRecords'
const GET = 'Get callRecord'

/** Refusals of the call records. `body` is `error.code`. */
export const CALL_RECORDS: readonly Refusal[] = [
  {
    id: 'call-records-permission',
    request: 'GET /communications/callRecords without CallRecords.Read.All',
    status: 403,
    body: 'Authorization_RequestDenied',
    source: LIST,
  },
  {
    id: 'call-records-filter',
    request: 'GET /communications/callRecords filtered by anything but startDateTime and a participant',
    status: 400,
    body: 'BadRequest',
    source: LIST,
  },
  {
    id: 'call-records-expand',
    request: 'GET /communications/callRecords with $expand: sessions come with one record only',
    status: 400,
    body: 'BadRequest',
    source: LIST,
  },
  {
    id: 'call-record-unknown',
    request: 'GET /communications/callRecords/{id} of another tenant, too young or older than 30 days',
    status: 404,
    body: 'NotFound',
    source: GET,
  },
  {
    id: 'call-record-expand',
    request: 'GET /communications/callRecords/{id} with another $expand than sessions',
    status: 400,
    body: 'BadRequest',
    source: GET,
  },
]
