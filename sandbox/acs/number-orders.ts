import type { AcsState } from './state.ts'

export type OperationStatus = 'notStarted' | 'running' | 'succeeded' | 'failed'

/** A long-running operation of the phone number service: what happens is decided by the clock, not by who asks. */
export type Operation = {
  readonly id: string
  readonly operationType: 'search' | 'purchase' | 'releasePhoneNumber'
  readonly resourceLocation: string | undefined
  readonly createdAt: Date
  /** Decided at the start, so that a fault switched off half-way changes nothing. */
  readonly error: { readonly code: string; readonly message: string } | undefined
  /** Done once, when the operation succeeds. */
  readonly effect: (at: Date) => void
  settled: boolean
}

/** The search, purchase and release operations of the resource. */
export class NumberOrders {
  readonly #state: AcsState
  readonly #operations = new Map<string, Operation>()

  constructor(state: AcsState) {
    this.#state = state
  }

  start(operation: Omit<Operation, 'createdAt' | 'settled'>): Operation {
    const started = { ...operation, createdAt: this.#state.now(), settled: false }
    this.#operations.set(operation.id, started)
    return started
  }

  find(id: string): Operation | undefined {
    this.settle()
    return this.#operations.get(id)
  }

  /** notStarted for the first sixth of the time that operations take, then running, then over. */
  status(operation: Operation): OperationStatus {
    const total = this.#state.settings.operationSeconds * 1000
    const elapsed = this.#state.now().getTime() - operation.createdAt.getTime()
    if (operation.settled || elapsed >= total) return operation.error === undefined ? 'succeeded' : 'failed'
    return elapsed < total / 6 ? 'notStarted' : 'running'
  }

  /** Carries out what the clock has brought to its end. Called before anything is read. */
  settle(): void {
    for (const operation of this.#operations.values()) {
      if (operation.settled) continue
      const status = this.status(operation)
      if (status !== 'succeeded' && status !== 'failed') continue
      operation.settled = true
      if (status === 'succeeded') operation.effect(this.#state.now())
    }
  }

  view(operation: Operation): Record<string, unknown> {
    const status = this.status(operation)
    return {
      operationType: operation.operationType,
      status,
      ...(status === 'succeeded' && operation.resourceLocation !== undefined
        ? { resourceLocation: operation.resourceLocation }
        : {}),
      createdDateTime: operation.createdAt.toISOString(),
      id: operation.id,
      lastActionDateTime: this.#state.now().toISOString(),
      ...(status === 'failed' ? { error: operation.error } : {}),
    }
  }
}
