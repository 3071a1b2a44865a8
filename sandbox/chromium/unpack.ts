import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export type Unpacked = {
  readonly executable: string
  /** The package's own copies of the shared libraries (NSS, NSPR, Expat) that a bare system lacks. */
  readonly libraries: string
  /** A folder with a fonts.conf that names the package's font, for systems without any. */
  readonly fonts: string
}

const run = promisify(execFile)

/**
 * Unpacks the browser that comes with npm, once for each install, beside the packages.
 *
 * Left to itself the package unpacks into the system's temporary folder under a fixed name: two processes that begin
 * together would start a half-written browser, and one user's copy is closed to the next. So it unpacks into a folder
 * of its own, in a process of its own (it goes by that process's TMPDIR), which gets its name when it is complete.
 */
export async function unpackChromium(): Promise<Unpacked> {
  const packageFile = join(
    dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))),
    '../package.json',
  )
  const { version } = JSON.parse(await readFile(packageFile, 'utf8')) as { version: string }
  const cache = fileURLToPath(new URL('../../node_modules/.cache/chromium/', import.meta.url))
  const folder = join(cache, version)
  if (!existsSync(folder)) await unpackInto(folder, cache, join(dirname(packageFile), 'bin/al2023.tar.br'))
  return {
    executable: join(folder, 'chromium'),
    libraries: join(folder, 'al2023/lib'),
    fonts: join(folder, 'fonts'),
  }
}

async function unpackInto(folder: string, cache: string, libraries: string): Promise<void> {
  await mkdir(cache, { recursive: true })
  const staging = await mkdtemp(join(cache, 'unpacking-'))
  try {
    const code = `import chromium, { inflate } from ${JSON.stringify(import.meta.resolve('@sparticuz/chromium'))}
      await chromium.executablePath()
      await inflate(${JSON.stringify(libraries)})`
    await run(process.execPath, ['--input-type=module', '--eval', code], {
      env: { PATH: process.env.PATH, TMPDIR: staging },
    })
    await writeFile(join(staging, 'fonts/fonts.conf'), fontsConf(join(folder, 'fonts')))
    await rename(staging, folder)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    // Another process was faster; its folder is complete too.
    if (!existsSync(folder)) throw error
  }
}

/** The package's own fonts.conf names folders of a cloud function. */
function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${folder}/cache</cachedir></fontconfig>
`
}
