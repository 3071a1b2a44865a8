import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { type AppRegistry, type ProgrammingModel, runHooks } from './core-api.ts'
import { parseJson } from './settings.ts'
import { readTrigger, type TriggeredFunction } from './triggers.ts'

export type LoadedApp = { readonly model: ProgrammingModel; readonly functions: readonly TriggeredFunction[] }

/**
 * Imports every file that package.json's `main` (a glob, relative to the app's root) names, in sorted order, runs the
 * appStart hooks and returns what was registered. What an app throws while loading passes through unchanged.
 */
export async function loadApp(appRoot: string, registry: AppRegistry): Promise<LoadedApp> {
  for (const file of entryPoints(appRoot)) await import(pathToFileURL(file).href)
  if (!registry.model) throw new Error('The app registered no function')
  await runHooks(registry, 'appStart', { hookData: {} })
  const capabilities = await registry.model.getCapabilities({})
  if (capabilities.HttpUri) {
    throw new Error('The local host has no HTTP streaming: leave enableHttpStream off')
  }
  return { model: registry.model, functions: [...registry.functions.values()].map(readTrigger) }
}

function entryPoints(appRoot: string): string[] {
  const text = readFileSync(join(appRoot, 'package.json'), 'utf8')
  const { main } = z.object({ main: z.string() }).parse(parseJson(text, 'package.json'))
  const files = globSync(main, { cwd: appRoot }).sort()
  if (files.length === 0) {
    throw new Error(`package.json's main "${main}" names no file: build the functions first (npm run build)`)
  }
  return files.map((file) => join(appRoot, file))
}
