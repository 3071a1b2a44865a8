import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import { guidesInBundle } from './guides.ts'
import { zodNamespace } from './zod-namespace.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * How the functions are bundled. Split at every dynamic import: registering the functions loads no SDK.
 * `@azure/functions-core` is the host's own, given at run time.
 */
export function buildOptions(outdir = `${root}dist`): BuildOptions & { outdir: string } {
  return {
    absWorkingDir: root,
    entryPoints: { functions: 'src/functions/index.ts' },
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    // supports-color: a package (debug) tries for it and does without; it would come in from development's packages.
    external: ['@azure/functions-core', 'supports-color'],
    alias: { 'cross-fetch': `${root}src/core/http/cross-fetch.ts` },
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: 'linked',
    legalComments: 'linked',
    // CommonJS packages inside an ES module still call require, also for the host's own module.
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    plugins: [zodNamespace, guidesInBundle],
    logLevel: 'warning',
  }
}

/** Builds from scratch, so that no chunk of an earlier build is deployed along. */
export async function buildApp(outdir?: string, more: Partial<BuildOptions> = {}): Promise<void> {
  const options = buildOptions(outdir)
  await rm(options.outdir, { recursive: true, force: true })
  await build({ ...options, ...more })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildApp()
