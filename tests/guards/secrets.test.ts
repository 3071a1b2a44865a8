import { expect, test } from 'vitest'
import { textFiles } from './repository-files.ts'

const files = textFiles()

function findings(pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map(([found]) => `${path}: ${found.slice(0, 24)}…`),
  )
}

test('no private key is in the repository', () => {
  // With a body: code that looks for the header, or writes it, is no key.
  expect(findings(/-----BEGIN [A-Z ]*PRIVATE KEY-----\s*(\\n)?\s*[A-Za-z0-9+/=]{40,}/g)).toEqual([])
  // A JWK's private part: "d" of an EC, OKP or RSA key, "k" of a symmetric one.
  expect(findings(/["']?\b[dk]["']?\s*:\s*["'][A-Za-z0-9_-]{40,}["']/g)).toEqual([])
})

test('no 32 bytes that could be a key of a deployment are in the repository', () => {
  // Hashes of a content security policy ("sha256-…") begin after a hyphen; one repeated character is no key.
  const bytes = /(?<![A-Za-z0-9+/=_-])(?!(.)\1{20})[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])/g
  expect(findings(bytes)).toEqual([])
})

test('no connection string or token of a real service is in the repository', () => {
  expect(findings(/AccountName=(?!devstoreaccount1\b|\$\{)[a-z0-9]+;AccountKey=/g)).toEqual([])
  expect(findings(/\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/g)).toEqual([])
  expect(findings(/\b(ghp|gho|github_pat|npm)_[A-Za-z0-9_]{30,}/g)).toEqual([])
})
