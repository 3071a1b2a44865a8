import { PhoneNumbersClient } from '@azure/communication-phone-numbers'
import type { TokenCredential } from '@azure/identity'
import { fail, ok, type Result } from '../result.ts'

/** Looks up a number of the Communication Services resource; undefined where it is not there. */
export type FindNumber = (
  number: string,
) => Promise<Result<{ readonly texts: boolean } | undefined, 'numbers_unreadable'>>

/** Communication Services, "Phone Numbers - Get By Number". */
export function numberFinder(endpoint: string, credential: TokenCredential): FindNumber {
  const client = new PhoneNumbersClient(endpoint, credential, { retryOptions: { maxRetries: 1 } })
  return async (number) => {
    try {
      const { capabilities } = await client.getPurchasedPhoneNumber(number)
      return ok({ texts: capabilities.sms === 'outbound' || capabilities.sms === 'inbound+outbound' })
    } catch (error) {
      const { statusCode } = error as { statusCode?: number }
      return statusCode === 404
        ? ok(undefined)
        : fail('numbers_unreadable', { detail: `status ${statusCode}` })
    }
  }
}
