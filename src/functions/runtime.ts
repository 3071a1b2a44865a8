import type { App } from '../core/app.ts'
import { parseSettings, type Settings } from '../core/config.ts'

/**
 * Settings are parsed when the bundle is loaded: a deployment that lacks a key does not start, and says everything that
 * is wrong at once.
 */
export const settings: Settings = parsedSettings()

/** Whether people reach us by https: everywhere but on a developer's machine. */
export const https = settings.PUBLIC_URL.startsWith('https:')

function parsedSettings(): Settings {
  const parsed = parseSettings(process.env)
  if (parsed.ok) return parsed.value
  const lines = Object.entries(parsed.failure.shown ?? {}).map(([name, problem]) => `  ${name} ${problem}`)
  throw new Error(`the settings are not complete:\n${lines.join('\n')}`)
}

let made: Promise<App> | undefined

/** The app, made at the first invocation that needs it: registering the functions must not wait for the SDKs. */
export function app(): Promise<App> {
  made ??= import('../core/app.ts').then(({ createApp }) => createApp(settings))
  made.catch(() => {
    made = undefined
  })
  return made
}
