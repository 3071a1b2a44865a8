import { stopTextsPage } from '../../../src/pages/stop-texts.tsx'
import { LANGUAGES } from '../../../src/pages/words/index.ts'

const at = '/v/SyntheticToken22Chars'

/** The page on which texts are stopped, in its states and languages. Synthetic. */
export const stopTextsSamples = LANGUAGES.flatMap((lang) =>
  (['asked', 'stopped', 'failed'] as const).map((state) => ({
    name: `patient-stop-texts-${state}-${lang}`,
    page: stopTextsPage({
      lang,
      clinicName: 'Lakeside Synthetic Clinic',
      clinicPhone: '+353 1 555 0100',
      languages: LANGUAGES.filter((other) => other !== lang).map((other) => ({
        lang: other,
        href: `${at}/texts?lang=${other}`,
      })),
      stopped: state === 'stopped',
      failed: state === 'failed',
      action: `${at}/texts`,
      fields: { csrf: 'synthetic-csrf', lang },
      visitUrl: `${at}?lang=${lang}`,
    }),
  })),
)
