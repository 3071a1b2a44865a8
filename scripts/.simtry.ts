import { run } from '/work/wt/i6/simulator/run.ts'
import type { Points } from '/work/wt/i6/simulator/process.ts'
const points: Points = new Map()
const n = Number(process.argv[2] ?? 10), from = Number(process.argv[3] ?? 1)
const began = performance.now()
const kinds = new Map<string, number[]>()
let texts = 0, events = 0
const ended = new Map<string, number>()
for (let seed = from; seed < from + n; seed++) {
  const ran = await run(seed, points)
  texts += ran.texts; events += ran.events
  for (const [k, v] of ran.ended) ended.set(k, (ended.get(k) ?? 0) + v)
  for (const v of ran.violations) { const l = kinds.get(v.promised) ?? []; kinds.set(v.promised, l); l.push(seed); if (l.length <= 4) console.log(seed, v.promised, v.what) }
}
console.log({ n, ms: (performance.now() - began) / n, texts, events: events / n, ended, kinds: [...kinds].map(([k, l]) => `${k}: ${l.length}`) })
if (process.argv[4]) for (const [p, m] of points) console.log(p, Object.fromEntries(m))
