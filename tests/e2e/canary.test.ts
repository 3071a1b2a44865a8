import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SANDBOX_NUMBER } from '../../sandbox/acs/acs.ts'
import type { Scene } from '../../sandbox/story/scene.ts'
import { eventually } from '../../sandbox/story/step.ts'
import { playSteps } from '../../sandbox/story/story.ts'
import { blobService } from './support/blob-service.ts'
import { type Addresses, canariesOf, ehrUserIds, watchAddresses } from './support/canaries.ts'
import { ENCODINGS } from './support/encodings.ts'
import { type Canary, findLeaks, type Place } from './support/leak-search.ts'
import { recordStorage, type StorageRecorder } from './support/recording-proxy.ts'
import { loggedPlaces, storedPlaces } from './support/stored-places.ts'
import { type StoryRig, startStoryRig } from './support/story-rig.ts'
import type { Change } from './support/variant-bundle.ts'

/** Nobody's name. Synthetic. */
const PLANTED: Canary = { what: 'the planted name', value: 'Xanthippe Vandersloot' }
const SPOKEN: Canary = { what: 'the words of a patient', value: 'Wombat orchestra at noon' }

/** An app that logs and stores what a browser says of itself. */
const TELLTALE: Change = {
  file: 'functions/route.ts',
  snippet: "const reference = randomBytes(5).toString('hex')",
  replacement: `const reference = request.headers.get('user-agent') ?? ''
      const row = { partitionKey: 'planted', rowKey: 'row', schema: 1 as const, at: new Date().toISOString() }
      await (await app()).store.tables.optouts.put({ ...row, word: reference })`,
}

let rig: StoryRig
let recorder: StorageRecorder
let scene: Scene
let addresses: Addresses

beforeAll(async () => {
  rig = await startStoryRig({
    async hostSettings({ azurite }) {
      recorder = await recordStorage(azurite.ports)
      return { AzureWebJobsStorage: recorder.connectionString }
    },
  })
  scene = await rig.next()
  addresses = watchAddresses(scene)
  await playSteps(scene)
  await answerTexts(scene)
  await knockAtWrongDoors(scene)
})
afterAll(async () => {
  await rig?.close()
  await recorder?.close()
})

/** A patient answers a text, in words and then with STOP. */
async function answerTexts({ sandbox, withinMs }: Scene): Promise<void> {
  const to = sandbox.acs.texts()[0]?.to ?? ''
  await sandbox.acs.reply(to, SANDBOX_NUMBER, SPOKEN.value)
  await sandbox.acs.reply(to, SANDBOX_NUMBER, 'STOP')
  const optOut = async () => {
    for await (const row of sandbox.store.tables.optouts.all()) return row
    return undefined
  }
  await eventually('the opt-out', optOut, withinMs)
}

/** Addresses that carry what must not be logged, and lead nowhere. */
async function knockAtWrongDoors({ sandbox }: Scene): Promise<void> {
  const name = encodeURIComponent(PLANTED.value)
  const paths = [
    `/v/${name}`,
    `/no-such-page/${name}`,
    `/launch/${name}/visit`,
    `/launch/provider?iss=${name}&launch=${name}`,
    `/launch/callback?code=${name}&state=${name}`,
    `/launch/callback?error=${name}&error_description=${name}&state=${name}`,
    `/signin/callback?code=${name}&state=${name}`,
  ]
  for (const path of paths) {
    const answer = await fetch(`${sandbox.appUrl}${path}`, { redirect: 'manual' })
    expect(answer.status, path).toBeGreaterThanOrEqual(400)
  }
}

/** Everything that is stored, was ever sent to storage, or was logged. */
async function everyPlace(): Promise<Place[]> {
  const stored = await storedPlaces(scene.sandbox.azurite.connectionString)
  return [...stored, ...recorder.requests(), ...loggedPlaces(scene.sandbox.host.logs())]
}

describe('after the story', () => {
  let places: Place[]
  beforeAll(async () => {
    places = await everyPlace()
  })

  test('the places are there to be searched: tables, queues, blobs, what was sent to them, and the log', () => {
    const kinds = ['table visits', 'table links', 'queue confirmations', 'blob ', 'the log']
    const sent = ['a request to tables visits', 'a request to queues receipts', 'a request to blobs']
    for (const kind of [...kinds, ...sent])
      expect(places.filter(({ where }) => where.startsWith(kind)).length, kind).toBeGreaterThan(0)
  })

  test('no name, phone, record number, EHR id, token, code or link is stored or logged anywhere', async () => {
    const canaries = [...(await canariesOf(scene, addresses)), PLANTED, SPOKEN]
    expect(canaries.length).toBeGreaterThan(200)
    expect(findLeaks(canaries, places)).toEqual([])
  })

  test('what the story used is among what is looked for', async () => {
    const canaries = await canariesOf(scene, addresses)
    const { facts, sandbox } = scene
    const looked = new Set(canaries.map(({ value }) => value))
    for (const used of [facts.patientId, facts.appointmentId, facts.laterAppointmentId, facts.patientPhone])
      expect(looked).toContain(used)
    for (const link of [facts.link, facts.laterLink]) expect(looked).toContain(link.slice(-22))
    expect(looked).toContain(sandbox.graph.meetings().at(-1)?.joinWebUrl)
    for (const kind of ['a name', 'a phone', 'the MRN', 'the birth date', 'the id'])
      expect(canaries.some(({ what }) => what === `${kind} of patient ${facts.patientId}`)).toBe(true)
    for (const what of ['code', 'state', 'nonce', 'launch'].map((name) => `the ${name} of an address`))
      expect(canaries.some((canary) => canary.what === what)).toBe(true)
    for (const what of ['a code or token of the EHR', 'a proof to Entra', 'the cookie __Secure-launch'])
      expect(canaries.some((canary) => canary.what === what)).toBe(true)
  })

  test('the EHR’s user is in the table of users, and nowhere else', () => {
    const found = findLeaks(ehrUserIds(scene), places).map(({ where }) => where)
    expect(new Set(found)).toEqual(new Set(['table users', 'a request to tables users']))
  })
})

describe('the search finds what is planted', () => {
  const spelled = ENCODINGS.map(({ name, encode }) => ({ name, text: encode(PLANTED.value) }))
  /** Which of the places, one for each encoding, are found out. */
  const found = (places: readonly Place[]) => new Set(findLeaks([PLANTED], places).map(({ where }) => where))

  test.for(spelled)('$name, by itself', ({ text }) => {
    expect(findLeaks([PLANTED], [{ where: 'here', value: Buffer.from(text) }])).toHaveLength(1)
  })

  test('in a row, whether in a column or a key, and in binary', async () => {
    const { storage, azurite } = scene.sandbox
    const table = storage.table('planted')
    await table.createTable()
    const columns = Object.fromEntries(spelled.map(({ text }, number) => [`c${number}`, text]))
    await table.createEntity({ partitionKey: 'text', rowKey: 'columns', ...columns })
    const inTable = async () => (await storedPlaces(azurite.connectionString)).filter(isIn('table planted'))
    const values = (await inTable()).filter(({ value }) => spelled.some(({ text }) => text === `${value}`))
    const each = values.map((place, number) => ({ ...place, where: `value ${number}` }))
    expect(each).toHaveLength(spelled.length)
    expect(found(each).size).toBe(spelled.length)
    await table.deleteEntity('text', 'columns')

    for (const row of [
      { partitionKey: PLANTED.value, rowKey: 'a key' },
      { partitionKey: 'a key', rowKey: Buffer.from(PLANTED.value).toString('base64url') },
      { partitionKey: 'binary', rowKey: 'binary', data: new Uint8Array(gzipSync(PLANTED.value)) },
      { partitionKey: 'a column', rowKey: 'of that name', XanthippeVandersloot: true },
    ]) {
      await table.createEntity(row)
      const canary = row.partitionKey === 'a column' ? { ...PLANTED, value: 'XanthippeVandersloot' } : PLANTED
      expect(findLeaks([canary], await inTable()), row.partitionKey).toHaveLength(1)
      await table.deleteEntity(row.partitionKey, row.rowKey)
    }
    await table.deleteTable()
  })

  test('in a message on a queue', async () => {
    const { storage, azurite } = scene.sandbox
    const queues = spelled.map(({ text }, number) => ({ name: `planted-${number}`, text }))
    for (const { name, text } of queues) {
      await storage.queue(name).create()
      const message = Buffer.from(JSON.stringify({ schema: 1, text })).toString('base64')
      await storage.queue(name).sendMessage(message)
    }
    const inQueues = (await storedPlaces(azurite.connectionString)).filter(isIn('queue planted-'))
    expect(found(inQueues)).toEqual(new Set(queues.map(({ name }) => `queue ${name}`)))
    for (const { name } of queues) await storage.queue(name).delete()
  })

  test('in a blob, as text and as bytes', async () => {
    const { connectionString } = scene.sandbox.azurite
    const blobs = blobService(connectionString)
    await blobs.createContainer('planted')
    const paths = spelled.map(({ text }, number) => ({
      path: `planted/${number}.txt`,
      data: Buffer.from(text),
    }))
    paths.push({ path: 'planted/compressed.gz', data: gzipSync(`some ${PLANTED.value} more`) })
    for (const { path, data } of paths) await blobs.write(path, data)
    const inBlobs = (await storedPlaces(connectionString)).filter(isIn('blob planted/'))
    expect(found(inBlobs)).toEqual(new Set(paths.map(({ path }) => `blob ${path}`)))
  })

  test('in the log of an app that says what it was sent, and in what such an app stored and overwrote', async () => {
    const { appUrl, storage } = scene.sandbox
    const host = await rig.replaceHost([TELLTALE])
    const send = (text: string) => fetch(`${appUrl}/`, { headers: { 'user-agent': text } })
    for (const { text } of spelled) await send(text)
    await send('nothing')
    expect(await storage.table('optouts').getEntity('planted', 'row')).toMatchObject({ word: 'nothing' })

    const [logged, sent] = [loggedPlaces(host.logs()), recorder.requests()]
    for (const { name, text } of spelled) {
      const holding = ({ value }: Place) => value.includes(JSON.stringify(text).slice(1, -1))
      for (const holders of [logged.filter(holding), sent.filter(holding)]) {
        expect(holders.length, name).toBeGreaterThan(0)
        expect(findLeaks([PLANTED], holders), name).toHaveLength(1)
      }
    }
  })
})

function isIn(where: string): (place: Place) => boolean {
  return (place) => place.where.startsWith(where)
}
