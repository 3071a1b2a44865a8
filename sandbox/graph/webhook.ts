import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

export type WebhookAnswer = { readonly status: number; readonly contentType: string; readonly body: string }

/**
 * POSTs to an application's webhook and reads at most 64 KiB of the answer. Rejects when nothing came within
 * `timeoutMs` or the connection failed.
 */
export function postToWebhook(
  url: string,
  body: string,
  options: { contentType: string; timeoutMs: number; ca: string | undefined },
): Promise<WebhookAnswer> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest
    const request = send(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': options.contentType,
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Microsoft-Graph-Sandbox',
        },
        signal: AbortSignal.timeout(options.timeoutMs),
        ...(options.ca === undefined ? {} : { ca: options.ca }),
      },
      (response) => {
        const parts: Buffer[] = []
        let length = 0
        response.on('data', (part: Buffer) => {
          length += part.length
          if (length > 65_536) request.destroy(new Error('The answer is too long.'))
          else parts.push(part)
        })
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'] ?? '',
            body: Buffer.concat(parts).toString(),
          }),
        )
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}
