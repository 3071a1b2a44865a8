import { portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'

/** Guides that the portal's pages lead to; scripts/guides.ts has the same names. */
const GUIDES = {
  'ehr-cerner': () => import('../../docs/ehr-cerner.md'),
  'patient-guide': () => import('../../docs/patient-guide.md'),
  compliance: () => import('../../docs/compliance.md'),
}

/** The guides of this very release, in the portal: a deployment has no other place for them. */
portalRoute('portalGuide', 'GET', 'portal/guides/{name}', async (call) => {
  const name = call.params.name ?? ''
  if (!Object.hasOwn(GUIDES, name)) return refusePortal(call, { code: 'guide_unknown' })
  const [{ frame }, { default: guide }, { guidePage }] = await Promise.all([
    portalFrame(call, 'begin'),
    GUIDES[name as keyof typeof GUIDES](),
    import('../pages/portal/guide.tsx'),
  ])
  return portalPage(call, guidePage({ frame, ...guide }))
})
