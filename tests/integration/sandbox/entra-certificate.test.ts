import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { certificateFor } from '../../../sandbox/certificates/authority.ts'
import { trustingFetch } from '../../../sandbox/certificates/trusting-fetch.ts'
import { closeServer } from '../../../sandbox/close-server.ts'

const YEAR = 365 * 86_400_000

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'certificate-test-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('a client that trusts the authority reaches localhost by name and by address, any other does not', async () => {
  const { key, cert, ca } = await certificateFor(dir)
  const server = https.createServer({ key, cert }, (_, response) => response.end('reached'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  for (const host of ['localhost', '127.0.0.1']) {
    expect(await (await trustingFetch(ca)(`https://${host}:${port}/`)).text()).toBe('reached')
  }
  const stranger = await certificateFor(undefined)
  await expect(trustingFetch(stranger.ca)(`https://localhost:${port}/`)).rejects.toThrow()
  await closeServer(server)
})

test('a second start uses what the first one made', async () => {
  const first = await certificateFor(dir)
  expect(await certificateFor(dir)).toEqual(first)
  expect(readFileSync(first.caFile, 'utf8')).toBe(first.ca)
})

test('files are readable by their owner alone, and the authority keeps no key', async () => {
  const { key } = await certificateFor(dir)
  for (const name of ['ca.pem', 'server.pem', 'server.key']) {
    expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600)
    if (name !== 'server.key') expect(readFileSync(join(dir, name), 'utf8')).not.toContain('PRIVATE KEY')
  }
  expect(key).toContain('PRIVATE KEY')
})

test('what is damaged, mixed up or about to expire is made anew', async () => {
  const first = await certificateFor(dir)
  expect((await certificateFor(dir, () => new Date(Date.now() + 10 * YEAR))).cert).not.toBe(first.cert)

  writeFileSync(join(dir, 'server.pem'), 'no certificate')
  const second = await certificateFor(dir)
  expect(second.cert).toContain('BEGIN CERTIFICATE')

  writeFileSync(join(dir, 'ca.pem'), first.ca)
  expect((await certificateFor(dir)).ca).not.toBe(first.ca)
})
