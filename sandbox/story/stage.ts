import { portsFrom } from '../ports.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox.ts'

/** A Tuesday at ten in the clinic: no night, no change of the clock, whenever the story is played. */
const BEGIN = new Date('2031-03-04T16:00:00Z')

/** Timers that do not run by themselves: the story runs them when it is their turn, so that nothing races. */
const NEVER = '0 0 0 1 1 *'

const FREE = Object.fromEntries(
  [
    'PORT',
    'CONSOLE_PORT',
    'EHR_PORT',
    'ENTRA_SIGNIN_PORT',
    'ENTRA_PORT',
    'GRAPH_PORT',
    'ACS_PORT',
    'TEAMS_PORT',
    'AZURITE_BLOB_PORT',
    'AZURITE_QUEUE_PORT',
    'AZURITE_TABLE_PORT',
  ].map((name) => [name, '0']),
)

/** A sandbox of its own on free ports, at a fixed hour, with nothing kept. */
export function startStorySandbox(more: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  return startSandbox({
    ports: portsFrom(FREE),
    startAt: BEGIN,
    ...more,
    settings: {
      SWEEP_SCHEDULE: NEVER,
      REMINDER_SCHEDULE: NEVER,
      NUMBERS_SCHEDULE: NEVER,
      ERASE_SCHEDULE: NEVER,
      REPORT_SCHEDULE: NEVER,
      RETENTION_SCHEDULE: NEVER,
      ...more.settings,
    },
  })
}
