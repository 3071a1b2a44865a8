import type { OrganizerCheck } from '../../../core/setup/organizer-check.ts'
import type { Permission } from '../../../core/setup/permissions.ts'
import type { Frame } from '../layout/frame.ts'

export type GrantedPermission = Permission & {
  /** Undefined where it could not be asked. */
  readonly granted: boolean | undefined
}

export type OrganizerRow = {
  readonly id: string
  /** Absent where Microsoft does not know the account, or could not be asked. */
  readonly name: string | undefined
  readonly upn: string | undefined
  /** What the last check found; undefined before the first one. */
  readonly check: (OrganizerCheck & { readonly at: string }) | undefined
  readonly ready: boolean
  readonly usedBy: readonly { readonly siteId: string; readonly name: string }[]
}

export type PermissionsModel = {
  readonly frame: Frame
  /** Of the tenant's configuration, for the forms. */
  readonly version: string
  readonly consent: {
    readonly at: string | undefined
    readonly problem: string | undefined
    readonly list: readonly GrantedPermission[]
  }
  readonly visits: {
    readonly typed: string
    readonly error: string | undefined
    /** How many accounts they need; undefined until somebody said how many visits there are. */
    readonly needed: number | undefined
  }
  readonly organizers: readonly OrganizerRow[]
  readonly policy: {
    readonly commands: string
    readonly groupCommand: string
    readonly run:
      | {
          readonly startedAt: string
          readonly open: boolean
          readonly seconds: number
          readonly ready: number
          readonly waiting: number
        }
      | undefined
  }
}
