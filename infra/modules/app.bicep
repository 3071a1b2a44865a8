// The function app on Flex Consumption, and every setting that it has.

param appName string
param planName string
param location string
param tags object

param identityId string
param identityClientId string
param vaultUri string
param packageContainerUri string
param blobUri string
param queueUri string
param tableUri string
param communicationEndpoint string
param insightsConnectionString string

param geography string
param publicUrl string
param linkUrl string
param allowedTenants string
param entraClientId string
param outboundAllow string
param emailsPerMinute string
param emailsPerHour string
param termsUrl string
param privacyUrl string

@description('Keys that are being rotated: each has a previous version in the vault, which still opens older things.')
param rotatingKeys rotatingKey[]

@description('Instances of the http group that are kept warm; 0 = none, and the first tap after a pause waits.')
param alwaysReadyHttp int
param maximumInstances int

@export()
@description('The keys that may be rotated, as they are called in the vault.')
type rotatingKey = 'field-key' | 'link-key' | 'session-key' | 'client-assertion-key' | 'notification-certificate'

// References without a version: a rotated key is read at the next start or within a day.
var secrets = '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/'

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: appName
  location: location
  // azd finds the app of its service by this tag.
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    functionAppConfig: {
      runtime: { name: 'node', version: '24' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUri
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: maximumInstances
        alwaysReady: alwaysReadyHttp == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyHttp }]
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
  }
}

// Passwords for publishing are off: packages are published with an Entra token.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

// src/core/config.ts reads these; a guard test compares name by name. Numbers that are not a matter of the deployment
// are left empty: the app then takes its own default.
resource settings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'appsettings'
  properties: {
    // The host's own.
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId
    AzureWebJobsStorage__blobServiceUri: blobUri
    APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    // The host's and the app's.
    AzureWebJobsStorage__queueServiceUri: queueUri
    AzureWebJobsStorage__tableServiceUri: tableUri
    // The app's.
    ENVIRONMENT: 'production'
    GEOGRAPHY: geography
    PUBLIC_URL: publicUrl
    LINK_URL: linkUrl
    ALLOWED_TENANTS: allowedTenants
    ENTRA_AUTHORITY: 'https://${split(environment().authentication.loginEndpoint, '/')[2]}'
    ENTRA_CLIENT_ID: entraClientId
    ENTRA_ASSERTION: 'managed_identity'
    AZURE_CLIENT_ID: identityClientId
    GRAPH_BASE_URL: 'https://graph.microsoft.com'
    ACS_ENDPOINT: communicationEndpoint
    TEAMS_ORIGINS: ''
    OUTBOUND_ALLOW: outboundAllow
    PORTAL_ADMIN_ROLE: ''
    PORTAL_REPORTS_ROLE: ''
    TERMS_URL: termsUrl
    PRIVACY_URL: privacyUrl
    SWEEP_SCHEDULE: '0 */2 * * * *'
    REMINDER_SCHEDULE: '30 * * * * *'
    MEETING_SCHEDULE: '15 * * * * *'
    NUMBERS_SCHEDULE: '0 */2 * * * *'
    ERASE_SCHEDULE: '0 15 3 * * *'
    REPORT_SCHEDULE: '15 * * * * *'
    RETENTION_SCHEDULE: '0 45 3 * * *'
    SWEEP_HORIZON_DAYS: ''
    SWEEP_NEAR_DAYS: ''
    SWEEP_FAR_MINUTES: ''
    SMS_REPEATABILITY_SECONDS: ''
    NOTICE_LEASE_SECONDS: ''
    TEXTS_PER_NUMBER: ''
    TEXTS_PER_PREFIX: ''
    TEXTS_PER_TENANT: ''
    EMAILS_PER_MINUTE: emailsPerMinute
    EMAILS_PER_HOUR: emailsPerHour
    VISIT_OPENS_MINUTES: ''
    VISIT_ERASE_DAYS: ''
    // Keys: never here, only where the vault has them.
    STAMP_SECRET: '${secrets}stamp-secret)'
    FIELD_KEY: '${secrets}field-key)'
    FIELD_KEY_PREVIOUS: contains(rotatingKeys, 'field-key') ? '${secrets}field-key-previous)' : ''
    LINK_KEY: '${secrets}link-key)'
    LINK_KEY_PREVIOUS: contains(rotatingKeys, 'link-key') ? '${secrets}link-key-previous)' : ''
    SESSION_KEY: '${secrets}session-key)'
    SESSION_KEY_PREVIOUS: contains(rotatingKeys, 'session-key') ? '${secrets}session-key-previous)' : ''
    CLIENT_ASSERTION_KEY: '${secrets}client-assertion-key)'
    CLIENT_ASSERTION_KEY_PREVIOUS: contains(rotatingKeys, 'client-assertion-key')
      ? '${secrets}client-assertion-key-previous)'
      : ''
    // The vault gives a certificate with its private key as the secret of the same name, as PEM.
    GRAPH_NOTIFICATION_CERTIFICATE: '${secrets}notification-certificate)'
    GRAPH_NOTIFICATION_CERTIFICATE_PREVIOUS: contains(rotatingKeys, 'notification-certificate')
      ? '${secrets}notification-certificate-previous)'
      : ''
  }
}

output id string = app.id
output name string = app.name
output host string = app.properties.defaultHostName
