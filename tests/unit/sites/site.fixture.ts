import type { Site } from '../../../src/core/sites/site.ts'

export const NORTHWIND = '3f6c1d52-7b1e-4a8d-9c55-0a6b8f1e2d01'
export const WOODGROVE = 'b8a2e7c4-1f3d-4e69-8d27-5c90e4a7b302'

/** A configured clinic of the tenant Northwind; synthetic. */
export function site(more: Partial<Site> = {}): Site {
  return {
    tenantId: NORTHWIND,
    siteId: 'northwind001',
    name: 'Northwind Health',
    environment: 'testing',
    fhirBaseUrl: 'https://ehr.example.org/r4/7d1c5a52-3f0e-4c9a-9a56-0f6f5d2c8e41',
    timeZone: 'America/Chicago',
    launch: { clientId: 'launch-client', auth: { method: 'private_key_jwt' }, scopes: 'openid' },
    system: {
      clientId: 'system-client',
      auth: { method: 'private_key_jwt' },
      scopes: 'system/Appointment.read system/Patient.read system/Encounter.read',
    },
    allowedIssuers: [],
    allowCapabilityFallback: false,
    departments: [{ id: 'cardiology', name: 'Cardiology', locationIds: ['21250403'], on: true }],
    videoRule: { kind: 'virtual_meeting_room' },
    organizers: [],
    texts: {
      on: false,
      epoch: 0,
      confirm: { booked: true, moved: true, cancelled: true, not_video: true },
      reminderMinutes: [1440, 60],
      defaultLanguage: 'en',
      countries: ['US'],
      quietHours: { from: '21:00', to: '08:00' },
    },
    openTeamsAtOnce: false,
    ...more,
  }
}
