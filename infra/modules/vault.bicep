// The vault for the app's keys. Deployed on its own before main.bicep, because the app must find its keys when it
// first starts; main.bicep repeats it unchanged.

import { roles } from '../roles.bicep'

param name string
param location string

@description('Object id of the person or workload that creates and rotates keys; empty = nobody gets that role here.')
param operatorId string = ''

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // Lost identity keys cannot be replaced: visits and opt-outs would no longer be found by them.
    enablePurgeProtection: true
    publicNetworkAccess: 'Enabled'
  }
}

resource officers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in empty(operatorId) ? [] : [roles.keyVaultSecretsOfficer, roles.keyVaultCertificatesOfficer]: {
    scope: vault
    name: guid(vault.id, operatorId, role)
    properties: {
      principalId: operatorId
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

output uri string = vault.properties.vaultUri
