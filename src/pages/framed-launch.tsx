import { clinicianStyles } from './layout/clinician-styles.ts'
import { ButtonLink } from './layout/components/button.tsx'
import { document, type Rendered } from './layout/document.ts'
import { Icon } from './layout/icons.tsx'

export type FramedLaunchModel = {
  /** The same launch again, to be opened outside the frame. */
  readonly launchUrl: string
}

/**
 * Stands inside an EHR's frame: one button that leaves it, and a new tab where the frame is not allowed to be left.
 * No sign-in and no session exist here.
 */
export function framedLaunchPage(model: FramedLaunchModel): Rendered {
  return document({
    title: 'Open the video visit',
    lang: 'en',
    dir: 'ltr',
    styles: clinicianStyles,
    children: (
      <main class="frame-body">
        <h1>Open the video visit</h1>
        <p class="lead">The visit opens in its own window, so that two charts never mix.</p>
        <ButtonLink href={model.launchUrl} target="_top" look="primary" large>
          <Icon name="video" />
          Open video visit
        </ButtonLink>
        <p>
          Nothing happens?{' '}
          <ButtonLink href={model.launchUrl} target="_blank" look="link">
            Open it in a new tab
          </ButtonLink>
        </p>
      </main>
    ),
  })
}
