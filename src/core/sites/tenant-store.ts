import { fail, ok, type Result } from '../result.ts'
import type { Store } from '../store/store.ts'
import { parsed } from './site-row.ts'
import { newTenant, type Tenant, tenantSchema } from './tenant.ts'
import { type Versioned, versionOf } from './version.ts'

export type TenantStore = {
  /** @param name what the tenant is called where it is new: nothing is written by reading. */
  read(tenantId: string, name?: string): Promise<Versioned<Tenant>>
  /** Writes only over the version that was read. */
  save(tenant: Tenant, version: string): Promise<Result<void, 'config_changed'>>
}

export function tenantStore({ tables }: Pick<Store, 'tables'>): TenantStore {
  const keysOf = (tenantId: string) => ({ partitionKey: tenantId, rowKey: 'tenant' })
  return {
    async read(tenantId, name = tenantId) {
      const row = await tables.tenants.get(tenantId, 'tenant')
      if (!row) return { value: newTenant(tenantId, name), version: versionOf(undefined) }
      return { value: parsed(tenantSchema, row.json, 'tenants'), version: versionOf(row.etag) }
    },
    async save(tenant, version) {
      const json = JSON.stringify(tenantSchema.parse(tenant))
      const row = { ...keysOf(tenant.tenantId), schema: 1 as const, json }
      const before = await tables.tenants.get(tenant.tenantId, 'tenant')
      if (versionOf(before?.etag) !== version) return fail('config_changed')
      const written = before
        ? await tables.tenants.replace({ ...row, etag: before.etag })
        : await tables.tenants.insert(row)
      return written.ok ? ok(undefined) : fail('config_changed')
    },
  }
}
