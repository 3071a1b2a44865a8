import { describe, expect, test } from 'vitest'
import { gsm7Units, segments, toGsm7 } from '../../../src/core/messaging/gsm7.ts'

describe('the GSM 7-bit alphabet', () => {
  test('what it has stays as it is', () => {
    const text = '@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&()*+,-./09:;<=>?¡AZÄÖÑÜ§¿azäöñüà^{}\\[~]|€'
    expect(toGsm7(text)).toBe(text)
  })

  test('letters lose the accents that it lacks and keep those that it has', () => {
    expect(toGsm7('está aquí, más café')).toBe('esta aqui, mas café')
    expect(toGsm7('arrêter, déplacé, août, François')).toBe('arreter, déplacé, aout, Francois')
  })

  test('a letter written as two code points is one letter', () => {
    expect(toGsm7('cafe\u0301')).toBe('café')
    expect(toGsm7('a\u0301')).toBe('a')
  })

  test('what Intl and people write instead of plain signs becomes plain', () => {
    expect(toGsm7('10:30\u202fAM\u00a0UTC\u22126')).toBe('10:30 AM UTC-6')
    expect(toGsm7('\u2018a\u2019 \u201cb\u201d \u2013 \u2014 \u2026 \u00abc\u00bb')).toBe(
      '\'a\' "b" - - ... "c"',
    )
    expect(toGsm7('cœur')).toBe('coeur')
  })

  test('what has no likeness becomes one question mark', () => {
    expect(toGsm7('a😀b漢')).toBe('a?b?')
  })

  test.each([
    ['abc', 3],
    ['€', 2],
    ['[a]', 5],
    ['^{}\\~|', 12],
    ['', 0],
  ])('%j costs %i units', (text, units) => expect(gsm7Units(text)).toBe(units))

  test.each([
    [160, 1],
    [161, 2],
    [306, 2],
    [307, 3],
  ])('%i units are %i segments', (units, count) => expect(segments('a'.repeat(units))).toBe(count))

  test('an extended character at the end of a segment counts as two', () => {
    expect(segments(`${'a'.repeat(158)}€`)).toBe(1)
    expect(segments(`${'a'.repeat(159)}€`)).toBe(2)
  })
})
