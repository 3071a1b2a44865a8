import { connect } from 'node:net'
import type { Settings } from '../../src/core/config.ts'

/** Milliseconds; a machine that is there answers at once. */
const WITHIN = 5_000

/**
 * Whether the local storage listens, asked before the SDK is, which would try for half a minute. Throws a sentence that
 * says what to do; storage in Azure is left to the SDK.
 */
export async function storageAnswers(settings: Settings): Promise<void> {
  const endpoint = /TableEndpoint=(http:[^;]+)/.exec(settings.AzureWebJobsStorage ?? '')?.[1]
  if (endpoint === undefined) return
  const { hostname, port, host } = new URL(endpoint)
  const answers = await new Promise<boolean>((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 80), timeout: WITHIN })
    const end = (result: boolean) => {
      socket.destroy()
      resolve(result)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
    socket.once('timeout', () => end(false))
  })
  if (!answers)
    throw new Error(
      `The storage does not answer at ${host}. Start the sandbox with npm start, or say where it listens by AZURITE_TABLE_PORT.`,
    )
}
