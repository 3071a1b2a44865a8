import { readFile, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { context, type Loader, type Plugin } from 'esbuild'
import { buildOptions } from '../../../scripts/build.ts'
import { guidesInBundle } from '../../../scripts/guides.ts'

const SOURCES = fileURLToPath(new URL('../../../src', import.meta.url))

/** Changes to the product's source, made in the bundle only. */
export type Variant = readonly Change[]

export type Change = {
  /** Under src/. */
  readonly file: string
  /** The exact source text; it must be there once. */
  readonly snippet: string
  readonly replacement: string
}

export type VariantBuilder = {
  /** Builds the bundle with these changes. Throws where a snippet is not found exactly once. */
  build(variant: Variant): Promise<void>
  close(): Promise<void>
}

/** Builds variants of the bundle into one folder, one after the other; what did not change is not parsed again. */
export async function variantBuilder(dist: string): Promise<VariantBuilder> {
  let variant: Variant = []
  const found = new Map<Change, number>()
  const plugin: Plugin = {
    name: 'variant',
    setup({ onLoad }) {
      onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
        const changes = variant.filter(({ file }) => path === join(SOURCES, file))
        if (changes.length === 0) return undefined
        let contents = await readFile(path, 'utf8')
        for (const change of changes) {
          found.set(change, contents.split(change.snippet).length - 1)
          contents = contents.replace(change.snippet, () => change.replacement)
        }
        return { contents, loader: extname(path).slice(1) as Loader }
      })
    },
  }
  const bundler = await context({
    ...buildOptions(dist),
    plugins: [plugin, guidesInBundle],
    sourcemap: false,
    minifySyntax: false,
    minifyWhitespace: false,
    legalComments: 'none',
  })
  return {
    async build(wanted) {
      variant = wanted
      found.clear()
      await rm(dist, { recursive: true, force: true })
      await bundler.rebuild()
      for (const change of wanted) {
        const times = found.get(change) ?? 0
        if (times !== 1)
          throw new Error(
            `src/${change.file} holds this ${times} times instead of once; the test must follow the source:\n${change.snippet}`,
          )
      }
    },
    close: () => bundler.dispose(),
  }
}
