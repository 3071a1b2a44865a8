import { ActionForm } from './action-form.tsx'
import { type FaultSwitch, faultSwitches } from './fault-switches.ts'
import type { Parts, View } from './view.ts'

/** Switches that make the vendors misbehave. */
export function Faults({ parts, view }: { parts: Parts; view: View }) {
  const groups = Map.groupBy(faultSwitches, ({ group }) => group)
  const on = faultSwitches.filter((each) => each.isOn(parts)).length
  return (
    <section class="panel faults" aria-labelledby="faults-title" data-live="faults">
      <div class="panel-head">
        <h2 id="faults-title">Faults</h2>
        <span class={on > 0 ? 'count on' : 'count'}>{on === 0 ? 'all off' : `${on} on`}</span>
      </div>
      <div class="groups">
        {[...groups].map(([group, switches]) => (
          <div class="group">
            <h3>{group}</h3>
            {switches.map((each) => (
              <Switch fault={each} parts={parts} view={view} />
            ))}
          </div>
        ))}
      </div>
    </section>
  )
}

function Switch({ fault, parts, view }: { fault: FaultSwitch; parts: Parts; view: View }) {
  const on = fault.isOn(parts)
  return (
    <ActionForm action="fault" view={view} fields={{ fault: fault.id, on: on ? 'off' : 'on' }}>
      <button
        type="submit"
        role="switch"
        aria-checked={on ? 'true' : 'false'}
        class="switch"
        id={`fault-${fault.id}`}
      >
        <span class="track" aria-hidden="true" />
        <span>
          {fault.label}
          <small>{fault.effect}</small>
        </span>
      </button>
    </ActionForm>
  )
}
