import { type NoticeSeen, notices } from './notices.ts'
import { runsOf } from './runs.ts'
import { type Scene, texts } from './scene.ts'
import { eventually, expectThat } from './step.ts'

const DAY = 86_400_000

/**
 * The same queue messages three times more, while the vendor remembers no repeatability id: claimed already, so nothing
 * is sent. A notice that comes after its deadline expires instead of being sent.
 */
export async function duplicateIgnored(scene: Scene): Promise<string> {
  const { sandbox, withinMs } = scene
  const remembered = sandbox.acs.faults.repeatabilitySeconds
  sandbox.acs.faults.repeatabilitySeconds = 0
  try {
    const sent = await notices(scene, { state: 'delivered' })
    const before = texts(scene).length
    const already = workedOff(scene)
    for (const notice of sent) for (let times = 0; times < 3; times++) await queue(scene, notice, DAY)
    await eventually(
      'the repeated messages to be worked off',
      () => workedOff(scene) >= already + sent.length * 3 || undefined,
      withinMs,
    )
    const more = texts(scene).length - before
    expectThat(more === 0, `${more} more texts were sent`)
    await expectLateOneExpires(scene, sent)
    return `queue: ${sent.length * 3} repeated messages worked off; Communication Services: still ${texts(scene).length} texts`
  } finally {
    sandbox.acs.faults.repeatabilitySeconds = remembered
  }
}

/**
 * A third reminder of the first visit, of which no row is there yet: its deadline has passed, so it may not go out. The
 * other visit has had its reminder, and would get no more for that reason alone.
 */
async function expectLateOneExpires(scene: Scene, sent: readonly NoticeSeen[]): Promise<void> {
  const kind = 'reminder.2'
  const reminded = sent.filter((notice) => notice.kind === 'reminder.1').map(({ visitKey }) => visitKey)
  const first = sent.find(({ visitKey }) => !reminded.includes(visitKey))
  if (!first) throw new Error('there is no notice of a visit without a reminder')
  await queue(scene, { ...first, kind }, -1_000)
  const state = await eventually(
    'the late notice to be settled',
    async () => {
      const row = (await notices(scene, { kind })).find(({ visitKey }) => visitKey === first.visitKey)
      return row && row.state !== 'claimed' && row.state !== 'sending' ? row.state : undefined
    },
    scene.withinMs,
  )
  expectThat(state === 'expired', `a notice past its deadline became ${state}`)
}

/** @param untilDeadline milliseconds from now; negative = it has passed. */
async function queue({ sandbox }: Scene, notice: NoticeSeen, untilDeadline: number): Promise<void> {
  const { tenantId, siteId, bay, visitKey, version, kind } = notice
  const deadline = new Date(sandbox.clock.now().getTime() + untilDeadline).toISOString()
  await sandbox.store.queues.confirmations.send({
    schema: 1,
    tenantId,
    siteId,
    bay,
    notices: [{ visitKey, version, kind, deadline }],
  })
}

function workedOff({ sandbox }: Scene): number {
  return runsOf(sandbox, 'confirmations', 'Executed', ' (Succeeded')
}
