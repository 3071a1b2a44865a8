import { raw } from 'hono/html'
import { ButtonLink } from '../layout/components/button.tsx'
import type { Rendered } from '../layout/document.ts'
import type { Frame } from './layout/frame.ts'
import { portalDocument } from './layout/portal-document.tsx'

export type GuideModel = {
  readonly frame: Frame
  readonly title: string
  /** Rendered from the repository's own docs/ when the bundle was built; nothing that anybody typed is in it. */
  readonly html: string
}

const guideStyles = `
.guide{display:grid;gap:var(--s3);max-inline-size:52rem}
.guide>*{min-inline-size:0}
.guide h2{margin-block-start:var(--s5)}
.guide h3{margin-block-start:var(--s3);font-size:1rem}
.guide ul,.guide ol{padding-inline-start:1.5rem;display:grid;gap:.375rem}
.guide .table td,.guide .table th{min-inline-size:8rem}
`

export function guidePage({ frame, title, html }: GuideModel): Rendered {
  return portalDocument({
    frame,
    title,
    styles: guideStyles,
    children: (
      <>
        <article class="card guide">{raw(html)}</article>
        <div class="actions">
          <ButtonLink href="/portal/begin">Back to “Before you begin”</ButtonLink>
        </div>
      </>
    ),
  })
}
