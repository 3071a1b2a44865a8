import { readFile, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { context, type Loader, type Plugin } from 'esbuild'
import { buildOptions } from '../../../scripts/build.ts'

const SOURCES = fileURLToPath(new URL('../../../src', import.meta.url))

/** One change to the product's source, made in the bundle only. */
export type Variant = {
  /** Under src/. */
  readonly file: string
  /** The exact source text; it must be there once. */
  readonly snippet: string
  readonly replacement: string
}

export type VariantBuilder = {
  /** Builds the bundle with this change, or without any. Throws where the snippet is not found exactly once. */
  build(variant: Variant | undefined): Promise<void>
  close(): Promise<void>
}

/** Builds variants of the bundle into one folder, one after the other; what did not change is not parsed again. */
export async function variantBuilder(dist: string): Promise<VariantBuilder> {
  let variant: Variant | undefined
  let applied = 0
  const plugin: Plugin = {
    name: 'variant',
    setup({ onLoad }) {
      onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
        if (variant === undefined || path !== join(SOURCES, variant.file)) return undefined
        const source = await readFile(path, 'utf8')
        applied = source.split(variant.snippet).length - 1
        const contents = source.replace(variant.snippet, () => variant?.replacement ?? '')
        return { contents, loader: extname(path).slice(1) as Loader }
      })
    },
  }
  const bundler = await context({
    ...buildOptions(dist),
    plugins: [plugin],
    sourcemap: false,
    minifySyntax: false,
    minifyWhitespace: false,
    legalComments: 'none',
  })
  return {
    async build(wanted) {
      variant = wanted
      applied = 0
      await rm(dist, { recursive: true, force: true })
      await bundler.rebuild()
      if (wanted && applied !== 1)
        throw new Error(
          `src/${wanted.file} holds this ${applied} times instead of once; the test must follow the source:\n${wanted.snippet}`,
        )
    },
    close: () => bundler.dispose(),
  }
}
