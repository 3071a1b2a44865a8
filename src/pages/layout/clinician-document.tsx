import type { Child } from 'hono/jsx'
import { clinicianStyles } from './clinician-styles.ts'
import { Footer } from './components/footer.tsx'
import { Header } from './components/header.tsx'
import { document, type Rendered } from './document.ts'

export const PRODUCT = 'Teams EHR connector'

type Parts = {
  /** What the tab says, without the product. No initials, names or times: titles end up in browsing histories. */
  title: string
  children: Child
  styles?: string
  /** One card in the middle instead of the full width. */
  narrow?: boolean
  /** Who is signed in, at the end of the header. */
  end?: Child
  footer?: Child
  scripts?: readonly string[]
  refreshSeconds?: number
}

/** A clinician's or administrator's page: header, main content, footer. In English. */
export function clinicianDocument(parts: Parts): Rendered {
  const { refreshSeconds, scripts } = parts
  return document({
    title: `${parts.title} – ${PRODUCT}`,
    lang: 'en',
    dir: 'ltr',
    styles: parts.styles ?? clinicianStyles,
    ...(scripts === undefined ? {} : { scripts }),
    ...(refreshSeconds === undefined ? {} : { refreshSeconds }),
    children: (
      <>
        <a class="skip" href="#main">
          Skip to main content
        </a>
        <Header name={PRODUCT} end={parts.end} />
        <main id="main" class={parts.narrow ? 'main main-narrow' : 'main'} tabindex={-1}>
          {parts.children}
        </main>
        <Footer>{parts.footer}</Footer>
      </>
    ),
  })
}
