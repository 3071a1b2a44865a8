import { describe, expect, test } from 'vitest'
import { parseDeviceCheck, readDeviceCheck, writeDeviceCheck } from '../../../src/core/visits/device-check.ts'
import { deviceWords } from '../../../src/pages/appointment/device-check.tsx'
import { deviceCheckLoader } from '../../../src/pages/device-check/loader.ts'
import { deviceCheckScript } from '../../../src/pages/device-check/script.ts'
import { LANGUAGES, wordsFor } from '../../../src/pages/words/index.ts'

describe('what a device check leaves in the visit', () => {
  test('is its parts and results, and is read back the same', () => {
    const check = parseDeviceCheck(
      new URLSearchParams({ camera: 'blocked', microphone: 'pass', connection: 'slow' }),
    )
    expect(check && writeDeviceCheck(check)).toBe('camera:blocked microphone:pass connection:slow')
    expect(readDeviceCheck('camera:blocked microphone:pass connection:slow')).toEqual(check)
  })

  test('holds nothing that is not on our lists', () => {
    const fields = new URLSearchParams({
      camera: 'FaceTime HD Camera',
      speaker: 'pass',
      agent: 'Mozilla/5.0',
      name: 'Synthetic',
    })
    expect(parseDeviceCheck(fields)).toEqual({ speaker: 'pass' })
    expect(parseDeviceCheck(new URLSearchParams({ camera: '' }))).toBeUndefined()
    expect(readDeviceCheck(undefined)).toBeUndefined()
  })

  test('reads to the clinician as one line', () => {
    const results = [
      { part: 'camera', result: 'blocked' },
      { part: 'microphone', result: 'pass' },
    ]
    expect(deviceWords({ at: '2:20 PM', results })).toBe(
      'camera not allowed in the browser, microphone works',
    )
  })
})

describe.each(LANGUAGES)('the script of the check in %s', (lang) => {
  const script = deviceCheckScript(lang)

  test('survives being put on one line', () => {
    expect(() => new Function(script)).not.toThrow()
    expect(script).not.toContain('\n')
  })

  test('speaks that language and parses nothing as HTML', () => {
    expect(script).toContain(wordsFor(lang).check.start)
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|\.style\b/)
  })
})

test('the loader does nothing on a page without a check', () => {
  expect(() => new Function('document', deviceCheckLoader)({ getElementById: () => null })).not.toThrow()
})
