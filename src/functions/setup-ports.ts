import type { App } from '../core/app.ts'
import type { RoundPorts } from '../core/setup/check-round.ts'

export function roundPorts(app: App): RoundPorts {
  const { checks, tenants, graph, now } = app
  return { checks, tenants, graph, queue: app.store.queues.setupchecks, now }
}
