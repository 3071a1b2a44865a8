import type { Child } from 'hono/jsx'
import { PRODUCT } from '../../layout/clinician-document.tsx'
import { compact } from '../../layout/compact.ts'
import { Footer, type FooterLink } from '../../layout/components/footer.tsx'
import { Header } from '../../layout/components/header.tsx'
import { MessageBar } from '../../layout/components/message-bar.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import { document, type Rendered } from '../../layout/document.ts'
import type { Frame } from './frame.ts'
import { PortalNav } from './portal-nav.tsx'
import { portalStyles } from './portal-styles.ts'

type Parts = {
  readonly frame: Frame
  /** What the tab says; the page's heading unless `heading` says otherwise. */
  readonly title: string
  readonly heading?: string
  /** One or two sentences on what is done here. */
  readonly lead?: Child
  readonly children: Child
  readonly scripts?: readonly string[]
  /** Rules of this page alone, behind the shared ones. */
  readonly styles?: string
  readonly refreshSeconds?: number
  /** The content takes the whole width. */
  readonly wide?: boolean
}

const Who = ({ frame }: { frame: Frame }) => (
  <>
    <span class="who">
      {frame.who.name}
      <span>{frame.who.organization ?? frame.who.upn}</span>
    </span>
    <PostForm action="/portal/signout" fields={{ csrf: frame.csrf }} inline>
      <button type="submit" class="link-btn">
        Sign out
      </button>
    </PostForm>
  </>
)

function footerLinks({ links }: Frame): FooterLink[] {
  return [
    ...(links.terms === undefined ? [] : [{ label: 'Terms', href: links.terms }]),
    ...(links.privacy === undefined ? [] : [{ label: 'Privacy', href: links.privacy }]),
  ]
}

/** A page of the portal: header, navigation, heading, what was just done, content, footer. In English. */
export function portalDocument(parts: Parts): Rendered {
  const { frame, title, heading = title, lead, refreshSeconds, scripts } = parts
  const { notice } = frame
  return document({
    title: `${title} – ${PRODUCT}`,
    lang: 'en',
    dir: 'ltr',
    styles: parts.styles === undefined ? portalStyles : compact(portalStyles, parts.styles),
    ...(scripts === undefined ? {} : { scripts }),
    ...(refreshSeconds === undefined ? {} : { refreshSeconds }),
    children: (
      <>
        <a class="skip" href="#main">
          Skip to main content
        </a>
        <Header name={PRODUCT} end={<Who frame={frame} />} />
        <div class={parts.wide ? 'portal wide' : 'portal'}>
          <PortalNav frame={frame} />
          <main id="main" class="main" tabindex={-1}>
            <div class="page">
              <div class="head">
                <h1>{heading}</h1>
                {lead === undefined ? null : <p class="lead">{lead}</p>}
              </div>
              {notice === undefined ? null : (
                <MessageBar tone={notice.tone} title={notice.title} role="status">
                  {notice.words === undefined ? null : <p>{notice.words}</p>}
                </MessageBar>
              )}
              {frame.may.configure || frame.section === 'reports' ? null : <ReadOnly />}
              {parts.children}
            </div>
          </main>
        </div>
        <Footer links={footerLinks(frame)}>
          <a href="/portal">Configuration portal</a>
        </Footer>
      </>
    ),
  })
}

const ReadOnly = () => (
  <MessageBar tone="info" title="You see this configuration read-only">
    <p>
      Changes are for Global Administrators of your organization, and for people who were given the
      connector’s role for it in Microsoft Entra.
    </p>
  </MessageBar>
)
