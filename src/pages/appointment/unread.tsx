import { MessageBar } from '../layout/components/message-bar.tsx'
import { ReloadLink } from '../layout/components/reload-link.tsx'
import type { UnreadModel } from './model.ts'

/** What each part of the page cannot know while its source is silent, and that joining works all the same. */
const WORDS: Readonly<Record<UnreadModel['what'], string>> = {
  appointment:
    'We cannot show the patient’s initials, nor whether the appointment changed: the time is the one that we last knew. Check patient and time in the chart before you join. The meeting is there, and you can join it.',
  patient:
    'We cannot show the patient’s initials. Check in the chart that this is the right patient before you join.',
  account:
    'We cannot check your Microsoft account, and may learn late or not at all who is in the lobby. The meeting is there, and you can join it.',
}

/** One bar for each source that did not answer. */
export const Unread = ({ unread }: { unread: readonly UnreadModel[] }) => (
  <>
    {unread.map(({ what, title, code, again, chart }) => (
      <MessageBar tone="warning" title={title}>
        <p>{WORDS[what]}</p>
        <p>
          {again ? (
            <>
              <ReloadLink>Try again</ReloadLink> in a minute{chart ? ', or ' : ''}
            </>
          ) : (
            'For the whole page, '
          )}
          {chart ? 'open the visit from the chart again' : ''}. Code <code>{code}</code>.
        </p>
      </MessageBar>
    ))}
  </>
)
