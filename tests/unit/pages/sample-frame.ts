import type { Frame, PortalSection } from '../../../src/pages/portal/layout/frame.ts'

/** The frame of a portal page, half-way through the setup. Synthetic. */
export function sampleFrame(section: PortalSection, more: Partial<Frame> = {}): Frame {
  return {
    section,
    csrf: 'synthetic-csrf',
    who: { name: 'Ana Synthetic', upn: 'ana@lakeside.example', organization: 'Lakeside Synthetic Clinics' },
    may: { configure: true, reports: true },
    progress: { begin: 'done', permissions: 'problem', sites: 'done', texts: 'todo', review: 'todo' },
    notice: undefined,
    links: { terms: 'https://lakeside.example/terms', privacy: 'https://lakeside.example/privacy' },
    ...more,
  }
}
