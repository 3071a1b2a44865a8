import { defineConfig } from 'vitest/config'
import { guidesInTests } from './scripts/guides.ts'

/**
 * fhirclient brings its own fetch; in the bundle and in tests alike it is replaced by the guarded one. Vitest leaves
 * the package to Node, so the replacement is put into Node's own module cache by a setup file.
 */
const shared = { setupFiles: ['./tests/setup/cross-fetch-alias.ts'], environment: 'node' as const }

export default defineConfig({
  plugins: [guidesInTests],
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    projects: [
      { extends: true, test: { ...shared, name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'] } },
      {
        extends: true,
        test: {
          ...shared,
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: { ...shared, name: 'guards', include: ['tests/guards/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
