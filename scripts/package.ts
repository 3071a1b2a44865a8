import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildApp } from './build.ts'
import { zip } from './zip.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

export type Packaged = {
  readonly folder: string
  readonly zip: string
  readonly files: number
  readonly bytes: number
  readonly zipBytes: number
}

/**
 * What is deployed: host.json, a package.json with what the host reads and nothing else, and the bundle. No
 * node_modules: everything is in the bundle, and `@azure/functions-core` is the host's own.
 * @param folder is emptied first; the archive is written beside it.
 */
export async function packageApp(folder = `${root}dist/package`): Promise<Packaged> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await buildApp(`${folder}/dist`, { sourcemap: false })
  await copyFile(`${root}host.json`, `${folder}/host.json`)
  const { name, version, type, main, engines } = JSON.parse(await readFile(`${root}package.json`, 'utf8'))
  const fields = { name, version, private: true, type, main, engines }
  await writeFile(`${folder}/package.json`, `${JSON.stringify(fields, null, 2)}\n`)
  const entries = []
  let bytes = 0
  for (const path of (await readdir(folder, { recursive: true })).sort()) {
    if (!(await stat(`${folder}/${path}`)).isFile()) continue
    const content = await readFile(`${folder}/${path}`)
    entries.push({ path: path.replaceAll('\\', '/'), bytes: content })
    bytes += content.length
  }
  const archive = zip(entries)
  await writeFile(`${folder}.zip`, archive)
  return { folder, zip: `${folder}.zip`, files: entries.length, bytes, zipBytes: archive.length }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = await packageApp()
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} KB`
  process.stdout.write(
    `${made.zip}: ${kilobytes(made.zipBytes)}, unpacked ${kilobytes(made.bytes)} in ${made.files} files\n`,
  )
}
