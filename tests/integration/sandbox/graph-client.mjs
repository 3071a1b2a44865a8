// Run by graph-directory.test.ts in a process of its own: NODE_EXTRA_CA_CERTS is read at start-up only.
import { Client } from '@microsoft/microsoft-graph-client'

const { GRAPH_BASE_URL, ORGANIZER, TOKEN } = process.env
const client = Client.initWithMiddleware({
  authProvider: { getAccessToken: async () => TOKEN },
  baseUrl: GRAPH_BASE_URL,
  customHosts: new Set(['localhost']),
})
const meetings = `/users/${ORGANIZER}/onlineMeetings`
const made = await client
  .api(`${meetings}/createOrGet`)
  .post({ externalId: 'client', subject: 'By the client' })
const patched = await client
  .api(`${meetings}/${made.id}`)
  .patch({ lobbyBypassSettings: { scope: 'organization' }, allowMeetingChat: 'limited' })
const refused = await client
  .api('/users/nobody')
  .get()
  .catch(({ statusCode, code }) => ({ statusCode, code }))
console.log(JSON.stringify({ made, patched, refused }))
