import { expect, test } from 'vitest'
import { smartFailureWords } from '../../../src/core/smart/failure-words.ts'

test.each(Object.entries(smartFailureWords))(
  '%s says what happened, why, and what to do next',
  (code, words) => {
    expect(code).toMatch(/^smart_[a-z_]+$/)
    expect(words.status).toBeGreaterThanOrEqual(400)
    expect(words.status).toBeLessThan(600)
    expect(words.title.length).toBeLessThanOrEqual(60)
    expect(words.title).not.toMatch(/\.$/)
    expect(words.next.length).toBeGreaterThan(0)
    for (const sentence of [words.what, words.why, ...words.next]) expect(sentence).toMatch(/^[A-Z].*\.$/)
  },
)
