import { HELP, reportCommand } from './reports/commands.ts'

// npm run reports -- help
try {
  process.stdout.write(`${await reportCommand(process.argv.slice(2), process.env)}\n`)
} catch (error) {
  const why = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${why}${why.includes(HELP) ? '' : '\n\nEvery command: npm run reports -- help'}\n`)
  process.exitCode = 1
}
