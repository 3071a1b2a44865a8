import { Button } from '../../layout/components/button.tsx'
import { Card } from '../../layout/components/card.tsx'
import { MessageBar, type Tone } from '../../layout/components/message-bar.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import { CopyButton } from '../layout/copy.tsx'
import { UtcTime } from '../layout/time.tsx'
import type { PermissionsModel } from './model.ts'

type Props = Pick<PermissionsModel, 'frame' | 'policy' | 'organizers'>

/** The commands for the Teams administrator, and the check that really tries. */
export const Policy = ({ frame, policy, organizers }: Props) => (
  <Card id="policy" heading="3. Teams access policy">
    <div class="stack">
      <p>
        Teams lets an application create meetings only for accounts that a Teams administrator has released.
        Run this in PowerShell with the Teams module (<code>Install-Module MicrosoftTeams</code>); what it
        grants takes up to 30 minutes to count.
      </p>
      {organizers.length === 0 ? (
        <p class="quiet">The commands appear here once an organizer account is chosen.</p>
      ) : (
        <>
          <div class="copyable">
            <pre class="code" id="policy-commands">
              {policy.commands}
            </pre>
            <CopyButton of="policy-commands" label="the commands" />
          </div>
          <p class="quiet">
            If the policy exists already, the second line says so; go on with the others. Your own account
            signs in; nothing of it comes to the connector.
          </p>
          <details class="fold">
            <summary>Many accounts: release a group instead</summary>
            <div class="part">
              <p>
                Put the organizer accounts into a security group, and run this in place of the last lines.
              </p>
              <div class="copyable">
                <pre class="code" id="policy-group">
                  {policy.groupCommand}
                </pre>
                <CopyButton of="policy-group" label="the command for a group" />
              </div>
              <p class="quiet">
                A policy that is granted to an account itself comes before that of a group. Do not grant it to
                everybody (<code>-Global</code>): the connector would then be able to create meetings for all.
              </p>
            </div>
          </details>
          {frame.may.configure ? (
            <PostForm action="/portal/permissions/check" fields={{ csrf: frame.csrf }} inline>
              <Button look="primary" id="check-organizers">
                {policy.run?.open ? 'Check now' : 'Check the accounts'}
              </Button>
            </PostForm>
          ) : null}
          <p class="quiet">
            The check creates a meeting for each account and deletes it again. Nobody is invited.
          </p>
        </>
      )}
      <PolicyState policy={policy} organizers={organizers} />
    </div>
  </Card>
)

/** Where the check stands: a part that changes by itself. */
const PolicyState = ({ policy, organizers }: Pick<Props, 'policy' | 'organizers'>) => {
  const { run } = policy
  if (run === undefined || organizers.length === 0)
    return <div id="policy-state" data-live data-sign="none" />
  const { tone, title, words } = stateOf(run, organizers.length)
  const sign = `${title}|${run.open ? elapsed(run.seconds) : ''}`
  return (
    <div id="policy-state" data-live data-sign={sign} data-announce={run.open ? undefined : title}>
      <MessageBar tone={tone} title={title}>
        <p>{words}</p>
        <p class="quiet">
          Begun <UtcTime at={run.startedAt} />
          {run.open ? (
            <>
              , <span class="nums">{elapsed(run.seconds)}</span> ago.{' '}
              <span data-updates hidden>
                This page looks again by itself.
              </span>
              <noscript>This page loads again by itself.</noscript>
            </>
          ) : (
            '.'
          )}
        </p>
      </MessageBar>
    </div>
  )
}

type Run = NonNullable<PermissionsModel['policy']['run']>

function stateOf({ open, ready, waiting }: Run, all: number): { tone: Tone; title: string; words: string } {
  if (ready === all)
    return {
      tone: 'success',
      title: all === 1 ? 'The account is ready.' : `All ${all} accounts are ready.`,
      words: 'A meeting could be created for each of them.',
    }
  const title = `${ready} of ${all} ${all === 1 ? 'accounts is' : 'accounts are'} ready`
  if (open)
    return {
      tone: 'info',
      title: `${title}. Waiting for Teams.`,
      words:
        'Once the commands were run it takes up to 30 minutes. You may close this page: the check goes on for an hour, and what it finds is kept.',
    }
  if (waiting > 0)
    return {
      tone: 'error',
      title: `${title}. The access policy is still missing.`,
      words:
        'Look at what the commands answered: was the policy created, does it name this application, was it granted to the account? Then check again.',
    }
  return {
    tone: 'error',
    title: `${title}.`,
    words: 'Each account in the list above says what is wrong with it. Mend it, then check again.',
  }
}

function elapsed(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return minutes < 1 ? `${seconds} s` : `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`
}
