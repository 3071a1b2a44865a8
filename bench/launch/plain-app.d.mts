export function startPlainApp(client: {
  readonly clientId: string
  readonly scope: string
  readonly verify?: { readonly issuer: string[]; readonly jwksUri: string }
}): Promise<{ readonly url: string; close(): Promise<unknown> }>
