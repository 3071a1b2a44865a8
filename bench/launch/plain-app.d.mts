export function startPlainApp(client: {
  readonly clientId: string
  readonly scope: string
}): Promise<{ readonly url: string; close(): Promise<unknown> }>
