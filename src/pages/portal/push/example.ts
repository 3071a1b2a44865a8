/** The bare exchange, as an engine's team would try it; the token is made by the JWT library of their choice. */
export function engineExample(
  url: string,
  issuer: string,
  key: { kid?: string | undefined; kind: string },
): string {
  const named = key.kid === undefined ? '' : `, "kid": "${key.kid}"`
  return [
    `Header of the token:  {"alg": "${key.kind}"${named}, "typ": "JWT"}`,
    `Claims of the token:  {"iss": "${issuer}",`,
    `                       "aud": "${url}",`,
    '                       "iat": 1767225600, "exp": 1767225840, "jti": "9b1c0e5e-4a55-4c0b-8f4e-0d6f1e2a7c11"}',
    '',
    `curl -X POST ${url} \\`,
    '  -H "Authorization: Bearer $TOKEN" \\',
    '  -H "Content-Type: application/fhir+json" \\',
    `  -d '{"reference": "Appointment/4817501"}'`,
    '',
    '202  {"accepted": 1, "ignored": 0, "reference": "5f0c1e9a7d"}',
  ].join('\n')
}
