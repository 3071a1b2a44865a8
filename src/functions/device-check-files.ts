import { deviceCheckScript } from '../pages/device-check/script.ts'
import { cspHash } from '../pages/layout/csp-hash.ts'
import { LANGUAGES, type Language } from '../pages/words/language.ts'

export type DeviceCheckFile = {
  /** Changes with the content, so that browsers may keep it for good. */
  readonly name: string
  /** Subresource Integrity: the page names the very script that may run. */
  readonly integrity: string
  readonly text: string
}

export const DEVICE_CHECK_PROBE = 'probe'

const files = new Map<Language, DeviceCheckFile>()

export function deviceCheckFile(lang: Language): DeviceCheckFile {
  const known = files.get(lang)
  if (known) return known
  const text = deviceCheckScript(lang)
  const integrity = cspHash(text)
  const name = `${lang}-${integrity.slice(7).replace(/[^\w]/g, '').slice(0, 12)}.js`
  const made = { name, integrity, text }
  files.set(lang, made)
  return made
}

export function deviceCheckNamed(name: string): DeviceCheckFile | undefined {
  return LANGUAGES.map(deviceCheckFile).find((file) => file.name === name)
}
