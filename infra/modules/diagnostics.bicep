// Which platform logs are kept, category by category; "all logs" is never asked for. Left out on purpose, because they
// hold phone numbers, addresses, bodies, row keys or paths with tokens in them:
//   Communication Services: SMSOperational, EmailStatusUpdateOperational, EmailUserEngagement, every Chat and Call log
//   Storage: StorageRead, StorageWrite, StorageDelete
//   App Service: AppServiceHTTPLogs, FunctionAppLogs (the app's own lines come by Application Insights)
//   Event Grid: DataPlaneRequests

param workspaceId string
param vaultName string
param communicationName string
param storageName string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = { name: vaultName }
resource communication 'Microsoft.Communication/communicationServices@2025-05-01' existing = { name: communicationName }
resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = { name: storageName }

// Who read which key, and when.
resource vaultLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'kept'
  properties: {
    workspaceId: workspaceId
    logs: [for category in ['AuditEvent', 'AzurePolicyEvaluationDetails']: { category: category, enabled: true }]
  }
}

// Counts, sizes and results; neither recipient nor body.
resource communicationLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: communication
  name: 'kept'
  properties: {
    workspaceId: workspaceId
    logs: [
      for category in ['AuthOperational', 'EmailSendMailOperational', 'Usage']: { category: category, enabled: true }
    ]
  }
}

resource storageMetrics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: storage
  name: 'kept'
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}
