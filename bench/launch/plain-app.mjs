import { randomUUID } from 'node:crypto'
import express from 'express'
import smart from 'fhirclient'
import { createRemoteJWKSet, jwtVerify } from 'jose'

/**
 * The same launch written plainly: fhirclient's own authorize and ready on express, with sessions in memory, as its
 * documentation shows. Its state is not used up, and an id_token is verified only where `verify` says by what.
 * @param {{ clientId: string, scope: string, verify?: { issuer: string[], jwksUri: string } }} client
 */
export async function startPlainApp({ clientId, scope, verify }) {
  const keys = verify && createRemoteJWKSet(new URL(verify.jwksUri))
  const sessions = new Map()
  const app = express()
  app.use((request, response, next) => {
    const known = /(?:^|; )sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]
    const id = known ?? randomUUID()
    if (!known) response.cookie('sid', id, { httpOnly: true })
    if (!sessions.has(id)) sessions.set(id, {})
    request.session = sessions.get(id)
    next()
  })
  app.get('/launch', (request, response, next) =>
    smart(request, response)
      .authorize({ clientId, scope, redirectUri: '/callback', pkceMode: 'required' })
      .catch(next),
  )
  app.get('/callback', (request, response, next) =>
    smart(request, response)
      .ready()
      .then(async (client) => {
        const idToken = client.state.tokenResponse.id_token
        if (keys) await jwtVerify(idToken, keys, { issuer: verify.issuer, audience: clientId })
        return client
      })
      .then((client) => response.redirect(303, `/visit?patient=${client.patient.id ?? ''}`))
      .catch(next),
  )
  const server = await new Promise((resolve) => {
    const listening = app.listen(0, 'localhost', () => resolve(listening))
  })
  return {
    url: `http://localhost:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
