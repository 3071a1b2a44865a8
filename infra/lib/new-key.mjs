// A new key on standard output: `node new-key.mjs random` (32 random bytes, base64) or
// `node new-key.mjs assertion` (EC P-384 private key as a JWK, for client assertions with ES384).
import { generateKeyPairSync, randomBytes } from 'node:crypto'

export function randomKey() {
  return randomBytes(32).toString('base64')
}

export function assertionKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  return JSON.stringify(privateKey.export({ format: 'jwk' }))
}

const kinds = { random: randomKey, assertion: assertionKey }
const wanted = process.argv[2]
if (process.argv[1]?.endsWith('new-key.mjs')) {
  if (!(wanted in kinds)) {
    process.stderr.write('usage: node new-key.mjs random|assertion\n')
    process.exit(2)
  }
  // No line break: the vault keeps the file's very bytes.
  process.stdout.write(kinds[wanted]())
}
