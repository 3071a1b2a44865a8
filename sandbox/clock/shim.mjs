/**
 * Moves the clock of the process that loads it: `new Date()`, `Date()` and `Date.now()` answer the real time plus an
 * offset; everything else of Date, timers and performance.now() stay real. Plain JavaScript, so that
 * `node --import` loads it before anything else and without a compiler.
 *
 * The first offset comes from CLOCK_OFFSET_MS, later ones as messages of the parent process:
 * `{ type: 'clock', offsetMs }`, acknowledged by `{ type: 'clock-set', offsetMs }`.
 */
const key = Symbol.for('sandbox.clock')

function install() {
  const RealDate = globalThis.Date
  const realNow = RealDate.now.bind(RealDate)
  let offsetMs = 0
  const now = () => realNow() + offsetMs

  RealDate.now = now
  const ShiftedDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: (target) => Reflect.construct(target, [now()]).toString(),
  })
  RealDate.prototype.constructor = ShiftedDate
  globalThis.Date = ShiftedDate

  return {
    getOffset: () => offsetMs,
    setOffset(ms) {
      if (!Number.isFinite(ms))
        throw new RangeError('The clock offset must be a finite number of milliseconds')
      offsetMs = ms
    },
  }
}

/**
 * Only a process that the sandbox forked listens (it always gives CLOCK_OFFSET_MS): a test runner's worker has a
 * channel of its own that must not be touched.
 */
function followParent(clock) {
  const initial = process.env.CLOCK_OFFSET_MS
  if (initial === undefined) return
  clock.setOffset(Number(initial))
  if (!process.channel) return
  process.on('message', (message) => {
    if (message?.type !== 'clock') return
    clock.setOffset(message.offsetMs)
    process.send?.({ type: 'clock-set', offsetMs: message.offsetMs })
  })
  process.channel.unref()
}

if (!globalThis[key]) {
  globalThis[key] = install()
  followParent(globalThis[key])
}

export const { setOffset, getOffset } = globalThis[key]
