import { run } from '../simulator/run.ts'
import { runSettings } from '../simulator/settings.ts'
import { random } from '../simulator/random.ts'
const seed = Number(process.argv[2])
const s = runSettings(random(seed))
console.log({ ...s, site: s.site.timeZone + JSON.stringify(s.site.texts.quietHours) })
;(globalThis as any).SIMLOG = (line: string) => console.log(line)
const ran = await run(seed, new Map())
console.log(ran)
