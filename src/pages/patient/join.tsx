import type { Child } from 'hono/jsx'
import { Button } from '../layout/components/button.tsx'
import { PostForm } from '../layout/components/post-form.tsx'
import { Icon } from '../layout/icons.tsx'
import type { Words } from '../words/index.ts'
import type { LocalStart } from '../words/local-start.ts'
import type { JoinAction } from './model.ts'

/** The one large button of the page, and what pressing it does. */
export const Join = ({
  join,
  words,
  pressedAt,
}: {
  join: JoinAction
  words: Words
  pressedAt?: LocalStart | undefined
}) => (
  <div class="join">
    <PostForm action={join.action} fields={join.fields}>
      <Button look="primary" id="join" describedBy="join-note">
        <Icon name="video" />
        {words.join}
      </Button>
    </PostForm>
    <p id="join-note">{pressedAt === undefined ? words.joinNote : words.pressedJoin(pressedAt.time)}</p>
  </div>
)

/** What helps a visit to begin well. */
export const Tips = ({ words }: { words: Words }) => (
  <section class="more" aria-labelledby="tips">
    <h2 id="tips">{words.beforeYouJoin}</h2>
    <ul class="tips">
      <li>
        <Icon name="quiet" />
        {words.tipPlace}
      </li>
      <li>
        <Icon name="mic" />
        {words.tipAllow}
      </li>
      <li>
        <Icon name="person" />
        {words.tipName}
      </li>
      <li>
        <Icon name="clock" />
        {words.tipLobby}
      </li>
    </ul>
  </section>
)

/** Something to know before pressing Join. */
export const Notice = ({ children }: { children: Child }) => (
  <div class="notice">
    <Icon name="warning" />
    <p>{children}</p>
  </div>
)
