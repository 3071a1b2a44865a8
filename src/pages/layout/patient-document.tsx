import type { Child } from 'hono/jsx'
import { dirOf, type Language, wordsFor } from '../words/index.ts'
import { document, type Rendered } from './document.ts'
import { safeHref } from './href.ts'
import { Icon } from './icons.tsx'
import { patientStyles } from './patient-styles.ts'

/** Another language that the same page can be read in. */
export type LanguageLink = { readonly lang: Language; readonly href: string }

type Parts = {
  lang: Language
  title: string
  clinicName?: string | undefined
  languages?: readonly LanguageLink[] | undefined
  scripts?: readonly string[]
  refreshSeconds?: number | undefined
  children: Child
}

/** A page for patients: one narrow column that names the clinic only where the site wants it named. */
export function patientDocument(parts: Parts): Rendered {
  const words = wordsFor(parts.lang)
  const { refreshSeconds, scripts } = parts
  return document({
    title: parts.title,
    lang: parts.lang,
    dir: dirOf(parts.lang),
    styles: patientStyles,
    ...(scripts === undefined ? {} : { scripts }),
    ...(refreshSeconds === undefined ? {} : { refreshSeconds }),
    children: (
      <div class="col">
        <header class="top">
          <Icon name="video" />
          <span>{parts.clinicName ?? words.videoVisit}</span>
        </header>
        <main id="main">{parts.children}</main>
        <footer class="end">
          <p>{words.emergency}</p>
          {parts.languages === undefined || parts.languages.length === 0 ? null : (
            <nav aria-label={words.otherLanguages}>
              <ul>
                {parts.languages.map(({ lang, href }) => (
                  <li>
                    <a href={safeHref(href)} lang={lang} hreflang={lang}>
                      {wordsFor(lang).languageName}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          )}
        </footer>
      </div>
    ),
  })
}
