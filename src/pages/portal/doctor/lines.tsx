import { Icon, type IconName } from '../../layout/icons.tsx'
import type { ShownLine } from './model.ts'

const SHOWN: Readonly<Record<ShownLine['state'], readonly [icon: IconName, look: string, words: string]>> = {
  waiting: ['clock', 'quiet', 'Waiting'],
  running: ['clock', 'quiet', 'Trying'],
  pass: ['check', 'good', 'Passed'],
  warn: ['warning', 'warn', 'To look at'],
  fail: ['error', 'bad', 'Failed'],
  skip: ['info', 'quiet', 'Left out'],
}

/** The lines of a run under the headings that they belong to. */
export const DoctorGroups = ({ lines }: { lines: readonly ShownLine[] }) => {
  const groups = Map.groupBy(lines, ({ group }) => group)
  return (
    <>
      {[...groups].map(([group, members], at) => (
        <section class="card checks" aria-labelledby={`group-${at}`}>
          <h2 id={`group-${at}`}>{group}</h2>
          <ol>
            {members.map((line) => (
              <Row line={line} />
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}

const Row = ({ line: { id, title, state, what, remedy, code } }: { line: ShownLine }) => {
  const [icon, look, words] = SHOWN[state]
  return (
    <li id={`line-${id}`} class={`line line-${state}`}>
      <span class={`state state-${look}`}>
        <Icon name={icon} />
        <span>{words}</span>
      </span>
      <div>
        <h3>{title}</h3>
        {what === '' ? null : (
          <p class={state === 'fail' || state === 'warn' ? undefined : 'quiet'}>{what}</p>
        )}
        {remedy === undefined ? null : (
          <p>
            <strong>What to do:</strong> {remedy}
          </p>
        )}
        {code === undefined || state === 'skip' ? null : <p class="quiet small">Code: {code}</p>}
      </div>
    </li>
  )
}
