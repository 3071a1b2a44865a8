import { doctorCommand, HELP } from './doctor/command.ts'

// npm run doctor -- --help
try {
  const { text, failed } = await doctorCommand(process.argv.slice(2), process.env)
  process.stdout.write(`${text}\n`)
  if (failed) process.exitCode = 1
} catch (error) {
  const why = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${why}\n\n${HELP}\n`)
  process.exitCode = 2
}
