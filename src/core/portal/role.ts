import type { Account } from '../accounts/account.ts'

/** Template id of Global Administrator (Microsoft Entra built-in roles). */
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'

/** What somebody may do in the portal. Everybody of the tenant may look at the configuration. */
export type PortalRights = {
  /** Change the configuration. */
  readonly configure: boolean
  /** Read the reports. */
  readonly reports: boolean
}

/** Names of app roles (their `value`) that the operator chose for this deployment. */
export type PortalRoleNames = { readonly configure: string; readonly reports: string }

/**
 * What an account may do. A directory role counts by the exact template id: every member carries one in `wids`, so that
 * a list which is not empty proves nothing (Microsoft identity platform, "ID token claims reference"). Pure.
 */
export function portalRights(
  { directoryRoles, appRoles }: Pick<Account, 'directoryRoles' | 'appRoles'>,
  names: PortalRoleNames,
): PortalRights {
  const configure = directoryRoles.includes(GLOBAL_ADMINISTRATOR) || appRoles.includes(names.configure)
  return { configure, reports: configure || appRoles.includes(names.reports) }
}
