import { createServer } from 'node:http'
import type { CDPSession, Page } from 'playwright-core'
import { launchBrowser } from '../sandbox/browser.ts'
import { closeServer } from '../sandbox/close-server.ts'
import { PHONE, startWorld } from '../tests/e2e/patient/world.ts'
import type { BenchResult } from './measuring/result.ts'

export const about =
  'the patient’s page on a throttled phone: bytes, requests against the median mobile page; largest paint against a page of one heading'

/** Lighthouse's mobile profile ("Throttling"): slow 4G, and a processor four times slower than this one. */
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
}
const SLOWER = 4
const ROUNDS = 5
/** HTTP Archive, "State of the Web", mobile: kilobytes and requests of the median page. */
const MEDIAN_PAGE = { kilobytes: 2_311, requests: 66 }

type Load = {
  /** On the wire, headers included, before the device check is asked for. */
  readonly bytes: number
  readonly requests: number
  readonly paint: number
  /** Milliseconds until the first byte: two reads of the EHR are in it. */
  readonly firstByte: number
  /** Of the device check, which comes after. */
  readonly later: number
}

/**
 * `ours` and `baseline` are kilobytes on the wire; `ratio` = baseline / ours: the more the better. Paint times are
 * milliseconds of this machine and this run, the answer of the EHR stand-in included.
 */
export async function bench(): Promise<BenchResult> {
  const browser = await launchBrowser()
  const world = await startWorld(browser)
  const bare = await bareServer()
  try {
    const { link } = await world.visit(20)
    const loads: Load[] = []
    const bares: Load[] = []
    for (let round = -1; round < ROUNDS; round++) {
      // Side by side, so that whatever else the machine does befalls both.
      for (const [url, into, last] of [
        [link, loads, '#check button'],
        [bare.url, bares, 'h1'],
      ] as const) {
        const context = await browser.newContext(PHONE)
        const load = await loaded(await context.newPage(), url, last)
        // The first one warms the application up.
        if (round >= 0) into.push(load)
        await context.close()
      }
    }
    const middle = (of: (load: Load) => number, from: readonly Load[] = loads) => {
      const sorted = from.map(of).sort((a, b) => a - b)
      return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
    }
    const [paint, barePaint] = [middle((load) => load.paint), middle((load) => load.paint, bares)]
    const ours = middle(({ bytes }) => bytes) / 1024
    return {
      ours,
      baseline: MEDIAN_PAGE.kilobytes,
      ratio: MEDIAN_PAGE.kilobytes / ours,
      unit: 'KB',
      requests: middle(({ requests }) => requests),
      baselineRequests: MEDIAN_PAGE.requests,
      firstByteMs: middle(({ firstByte }) => firstByte),
      largestPaintMs: paint,
      barePaintMs: barePaint,
      /** How many times as long as a page of one heading needs, from a server that asks nobody. */
      paintRatio: paint / barePaint,
      fastestPaintMs: Math.min(...loads.map((load) => load.paint)),
      deviceCheckKB: middle(({ later }) => later) / 1024,
      rounds: ROUNDS,
    }
  } finally {
    await bare.close()
    await world.close()
    await browser.close()
  }
}

/** The least that a page can be: one heading, no style, nothing to ask for. */
async function bareServer() {
  const html =
    '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Bare</title><link rel="icon" href="data:,"><h1>Your visit is ready</h1>'
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}/`, close: () => closeServer(server) }
}

async function loaded(page: Page, link: string, last: string): Promise<Load> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', NETWORK)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  const urls = new Map<string, string>()
  const sizes = new Map<string, number>()
  session.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const url = urls.get(requestId)
    if (url && !url.startsWith('data:')) sizes.set(url, (sizes.get(url) ?? 0) + encodedDataLength)
  })
  await page.goto(link, { waitUntil: 'load' })
  await page.locator(last).waitFor()
  const paint = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        })
      }),
  )
  const firstByte = await page.evaluate(
    () => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).responseStart,
  )
  const all = [...sizes]
  const first = all.filter(([url]) => !/\/(device-check|seen)\b/.test(url))
  const sum = (list: readonly (readonly [string, number])[]) =>
    list.reduce((total, [, size]) => total + size, 0)
  const later = all.filter(([url]) => url.includes('/device-check/'))
  return { bytes: sum(first), requests: first.length, paint, firstByte, later: sum(later) }
}
