import type { Acs, Ehr, Entra, Graph, Teams } from '../contracts.ts'
import type { TeamsShell } from '../powershell/shell.ts'

/** A clinic whose board the console can show: a customer of the EHR with its own people. */
export type ConsoleClinic = {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly ehr: Ehr
  /** The clinic's Microsoft 365 organization. */
  readonly tenantId: string
}

export type ConsoleParts = {
  readonly appUrl: string
  /** The first is shown unless another is chosen; absent = `ehr` alone. */
  readonly clinics?: readonly ConsoleClinic[]
  readonly ehr: Ehr
  readonly entra: Entra
  readonly graph: Graph
  readonly teams: Teams
  readonly acs: Acs
  /** Teams PowerShell of every tenant. */
  readonly shell: TeamsShell
  readonly clock: SandboxClock
}

export type SandboxClock = {
  now(): Date
  readonly offsetMs: number
  /** Moves every process of the sandbox (stand-ins, storage, functions host) forward together. */
  advance(ms: number): Promise<void>
}
