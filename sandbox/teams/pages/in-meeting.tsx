import { Avatar } from './avatar.tsx'
import { Layout } from './layout.tsx'

export type Seen = {
  readonly id: string
  readonly displayName: string
  readonly label: string
  readonly self: boolean
}

type Props = {
  readonly subject: string
  readonly people: readonly Seen[]
  /** Those in the lobby, for somebody who may admit them; nobody otherwise. */
  readonly waiting: readonly Seen[]
  readonly facts: readonly string[]
  readonly pageUrl: string
  readonly version: string
}

/** The meeting itself: a tile for each person, and the lobby's door for who may open it. */
export function InMeeting({ subject, people, waiting, facts, pageUrl, version }: Props) {
  const count = people.length === 1 ? 'You are the only one here' : `${people.length} people`
  return (
    <Layout title={subject || 'Meeting'} stage follows={{ stateUrl: `${pageUrl}/state`, version }}>
      <div class="meeting" data-testid="in-meeting">
        <div class="controls">
          <div>
            <h1>{subject || 'Meeting'}</h1>
            <p class="hint">{[count, ...facts].join(' · ')}</p>
          </div>
          <form method="post" action={`${pageUrl}/leave`}>
            <button type="submit" class="leave" data-testid="leave">
              Leave
            </button>
          </form>
        </div>
        <div class="door-place" role="status">
          {waiting.map((person) => (
            <div class="door" data-testid="waiting">
              <Avatar name={person.displayName} />
              <p>
                <strong>{person.displayName}</strong> is waiting in the lobby
              </p>
              <form method="post" class="decision">
                <input type="hidden" name="participant" value={person.id} />
                <button
                  type="submit"
                  class="quiet"
                  formaction={`${pageUrl}/remove`}
                  aria-label={`Remove ${person.displayName}`}
                  data-testid="remove"
                >
                  Remove
                </button>
                <button
                  type="submit"
                  class="primary"
                  formaction={`${pageUrl}/admit`}
                  aria-label={`Admit ${person.displayName}`}
                  data-testid="admit"
                >
                  Admit
                </button>
              </form>
            </div>
          ))}
        </div>
        <ul class={`tiles${people.length === 1 ? ' alone' : ''}`} aria-label="In this meeting">
          {people.map((person) => (
            <li class="tile" data-testid="participant" data-participant={person.id}>
              <Avatar name={person.displayName} large />
              <p class="plate">
                <strong>{person.displayName}</strong>
                <span>{[person.label, person.self ? 'you' : ''].filter(Boolean).join(', ')}</span>
              </p>
            </li>
          ))}
        </ul>
      </div>
    </Layout>
  )
}
