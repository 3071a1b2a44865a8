import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './repository-files.ts'

const host = JSON.parse(readFileSync(join(root, 'host.json'), 'utf8')) as {
  extensions: { http: { routePrefix: string }; queues: { messageEncoding: string; maxDequeueCount: number } }
  logging: {
    logLevel: Record<string, string>
    applicationInsights: {
      enableDependencyTracking: boolean
      httpAutoCollectionOptions: { enableHttpTriggerExtendedInfoCollection: boolean }
    }
  }
}

/**
 * Paths and query strings of requests hold patients' link tokens, OAuth codes and states, and the EHR's launch handles.
 * Platform telemetry counts as storage, so every category that would write them is kept below the level at which it
 * does. Each entry is held here exactly: a louder one is a leak, not a matter of taste.
 */
const LEVELS: Readonly<Record<string, string>> = {
  // Whatever has no entry of its own, such as the proxy of streamed requests (Yarp: "Proxying to {url}") and the
  // storage SDK (Azure.Core: "Request … {url}"): both tell URLs at Information.
  default: 'Warning',
  // The request telemetry, one row an invocation; a row of an HTTP function also carries the caller's address. Our
  // wrapper answers failures itself, so that what is left are failed timers and queue messages.
  'Host.Results': 'Error',
  // Counts only, but one row a function and minute, of which our own events tell more.
  'Host.Aggregator': 'Error',
  // At Information these tell each queue message by id and trigger details.
  'Host.Triggers': 'Warning',
  // Everything of the platform that has no entry of its own.
  Microsoft: 'Warning',
  // "Request starting HTTP/1.1 GET {url}", and routing's "Request matched endpoint"; warnings quote URLs as well.
  'Microsoft.AspNetCore': 'None',
  // The host's own "Executing HTTP request: { method, uri }" at Information.
  'Microsoft.Azure.WebJobs.Script.WebHost': 'Warning',
  // "Sending HTTP request GET {url}" of the host's own calls.
  'System.Net.Http': 'None',
  // Our own log: "Executing 'Functions.x'" with a reason and no path, and our lines with route patterns.
  Function: 'Information',
}

describe('host.json', () => {
  test('keeps every category that logs paths and query strings below the level at which it does', () => {
    expect(host.logging.logLevel).toEqual(LEVELS)
  })

  test('collects no URL of a request and no call of a dependency', () => {
    const { applicationInsights } = host.logging
    // Off, the request telemetry holds the function's name in place of method and path.
    expect(applicationInsights.httpAutoCollectionOptions.enableHttpTriggerExtendedInfoCollection).toBe(false)
    // Dependencies are told with their URLs: FHIR searches with patients' ids, Graph with users'.
    expect(applicationInsights.enableDependencyTracking).toBe(false)
  })

  test('puts nothing before our routes', () => {
    // Launch URLs are registered at EHRs, and 73 characters of a text are the link.
    expect(host.extensions.http.routePrefix).toBe('')
  })

  test('reads queue messages as the store writes them', () => {
    expect(host.extensions.queues.messageEncoding).toBe('base64')
    expect(host.extensions.queues.maxDequeueCount).toBeGreaterThan(1)
  })
})
