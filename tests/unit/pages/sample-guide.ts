import { readFileSync } from 'node:fs'
import { renderGuide } from '../../../scripts/guides.ts'

/** The very guide that a deployment serves. */
export const sampleGuide = renderGuide(
  readFileSync(new URL('../../../docs/ehr-cerner.md', import.meta.url), 'utf8'),
)
