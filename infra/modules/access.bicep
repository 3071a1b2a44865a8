// Who may do what: every role assignment of the stamp but the vault officers' (vault.bicep). Names are in roles.bicep.

import { roles } from '../roles.bicep'

// Names, not outputs: what-if can then say beforehand which assignments there will be.
param identityName string
param storageName string
param vaultName string
param communicationName string
param insightsName string

@description('Object id of the person or workload that deploys: publishes packages, backs up and restores tables.')
param operatorId string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = { name: identityName }
resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = { name: storageName }
resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = { name: vaultName }
resource communication 'Microsoft.Communication/communicationServices@2025-05-01' existing = { name: communicationName }
resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: insightsName }

// Blob owner, not contributor: the host takes leases for its timers and keeps its own containers.
resource appOnStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [roles.storageBlobOwner, roles.storageQueueContributor, roles.storageTableContributor]: {
    scope: storage
    name: guid(storage.id, identity.id, role)
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource appOnVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identity.id, roles.keyVaultSecretsUser)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

// Communication Services honour no custom role, and have no smaller built-in one that may send and buy numbers.
resource appOnCommunication 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: communication
  name: guid(communication.id, identity.id, roles.communicationOwner)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.communicationOwner)
  }
}

resource appOnInsights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, identity.id, roles.metricsPublisher)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metricsPublisher)
  }
}

resource operatorOnStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in empty(operatorId)
    ? []
    : [roles.storageBlobContributor, roles.storageQueueSender, roles.storageTableContributor]: {
    scope: storage
    name: guid(storage.id, operatorId, role)
    properties: {
      principalId: operatorId
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]
