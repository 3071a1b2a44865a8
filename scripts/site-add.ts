import { addSite } from './site-add/add-site.ts'

// npm run site:add -- --help
try {
  process.stdout.write(`${(await addSite(process.argv.slice(2), process.env)).trimEnd()}\n`)
} catch (error) {
  const why = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${why}\n\nEvery option, with an example: npm run site:add -- --help\n`)
  process.exitCode = 1
}
