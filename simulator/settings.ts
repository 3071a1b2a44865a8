import type { Site } from '../src/core/sites/site.ts'
import type { Random } from './random.ts'

/** What a seed decides before anything happens. */
export type RunSettings = {
  readonly start: Date
  readonly site: Site
  /** How long the vendor remembers a repeatability id, in seconds; 0 in half of the runs. */
  readonly windowSeconds: number
  readonly perMinute: number
  readonly faultRate: number
  readonly doubt: number
  /** How long the trouble lasts, in minutes. */
  readonly stormMinutes: number
  readonly visits: number
}

const MINUTE = 60_000
/** Days with nothing special, the day of a change of the clock, and the days around it. */
const DAYS = ['2031-03-08', '2031-03-09', '2031-11-01', '2031-11-02', '2031-06-17']
const ZONES = ['America/Chicago', 'America/New_York', 'Europe/Paris', 'America/Phoenix']

export function runSettings(random: Random): RunSettings {
  const start = new Date(
    Date.parse(`${random.pick(DAYS)}T00:00:00Z`) + random.between(0, 24 * 60 - 1) * MINUTE,
  )
  const quietHours = random.pick([
    { from: '00:00', to: '00:00' },
    { from: '21:00', to: '08:00' },
    { from: '12:00', to: '13:30' },
  ])
  return {
    start,
    site: site(random.pick(ZONES), quietHours),
    windowSeconds: random.pick([0, 240]),
    perMinute: random.pick([2, 6, 200, 200]),
    faultRate: random.pick([0, 0.01, 0.03, 0.08]),
    doubt: random.pick([0, 0, 0.1, 0.4]),
    stormMinutes: random.between(40, 130),
    visits: random.between(1, 3),
  }
}

function site(timeZone: string, quietHours: Site['texts']['quietHours']): Site {
  return {
    tenantId: '11111111-1111-4111-8111-111111111111',
    siteId: 'simulated001',
    name: 'Simulated clinic',
    environment: 'testing',
    fhirBaseUrl: 'https://ehr.example.org/r4/simulated',
    timeZone,
    launch: { clientId: 'app', auth: { method: 'none' }, scopes: 'launch' },
    system: { clientId: 'system', auth: { method: 'none' }, scopes: 'system/Appointment.read' },
    allowedIssuers: [],
    allowCapabilityFallback: false,
    departments: [
      { id: 'cardiology', name: 'Cardiology', locationIds: ['L2'], on: true },
      { id: 'family', name: 'Family medicine', locationIds: ['L1'], on: true },
    ],
    videoRule: { kind: 'virtual_meeting_room' },
    organizers: ['organizer-1'],
    openTeamsAtOnce: false,
    texts: {
      on: true,
      epoch: 1,
      sender: '+18005550100',
      confirm: { booked: true, moved: true, cancelled: true, not_video: true },
      reminderMinutes: [120, 30],
      defaultLanguage: 'en',
      countries: ['US', 'CA'],
      dailyCap: 50,
      quietHours,
    },
  }
}
