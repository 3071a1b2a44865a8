// One stamp of the connector: one geography, one environment, one resource group. Deployed by deploy.sh.

import { namesOf } from 'names.bicep'
import { geographies } from 'geographies.bicep'

@description('Which of the three geographies this stamp serves.')
@allowed(['amer', 'emea', 'apac'])
param geography string

@description('Which of the operator\'s environments this is.')
@allowed(['prod', 'test'])
param environment string = 'prod'

@description('The region; must be one of the geography\'s (geographies.bicep).')
param location string

@description('Where Communication Services keep data at rest; one of the geography\'s. Cannot be changed later.')
param dataLocation string

@description('Microsoft 365 organizations that may use this deployment: tenant ids, comma-separated.')
param allowedTenants string

@description('Application (client) id of the Entra application; entra.sh makes it.')
param entraClientId string

@description('Host of the pages when it is not the platform\'s own, such as visits.example.org.')
param publicHost string = ''

@description('Host of the links in texts, at most 40 characters; empty = the same as the pages.')
@maxLength(40)
param linkHost string = ''

@description('Object id of the person or workload that deploys; empty = gives nobody a role.')
param operatorId string = ''

@description('Who is told by the alerts: addresses, comma-separated.')
param alertEmails string = ''

@description('Keys with a previous version in the vault; rotate-keys.sh sets it.')
param rotatingKeys string = ''

@description('Hosts that may be fetched although their addresses are private (OUTBOUND_ALLOW, docs/deploy.md).')
param outboundAllow string = ''

@description('Pages of yours that the portal\'s footer leads to; empty = no link.')
param termsUrl string = ''
param privacyUrl string = ''

@description('Domain that e-mail is sent from; empty = one of Microsoft\'s, for trials.')
param emailDomain string = ''
param emailDomainVerified bool = false

@description('What Microsoft raised the limits of your e-mail to; empty = those that a new domain begins with.')
param emailsPerMinute string = ''
param emailsPerHour string = ''

@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageRedundancy string = 'Standard_ZRS'

@minValue(0)
@maxValue(20)
param alwaysReadyHttp int = 1

@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('Days that log lines are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 90

@minValue(1)
param logGigabytesADay int = 5

@description('What a month may cost before somebody is told; 0 = no budget.')
param monthlyBudget int = 0
param budgetStart string = utcNow('yyyy-MM-01')

var names = namesOf(geography, environment, take(uniqueString(resourceGroup().id), 5))
var tags = { application: 'teams-ehr-connector', geography: geography, environment: environment }
var packageContainer = 'app-package'

var region = contains(geographies[geography].regions, location)
  ? location
  : fail('${location} is not a region of ${geography}; choose one of ${join(geographies[geography].regions, ', ')}')
var atRest = contains(geographies[geography].dataLocations, dataLocation)
  ? dataLocation
  : fail('${dataLocation} is not a data location of ${geography}; choose one of ${join(geographies[geography].dataLocations, ', ')}')

module identity 'modules/identity.bicep' = {
  params: { name: names.identity, location: region, tags: tags }
}

module storage 'modules/storage.bicep' = {
  params: {
    name: names.storage
    location: region
    tags: tags
    redundancy: storageRedundancy
    packageContainer: packageContainer
    releasesContainer: 'releases'
  }
}

module vault 'modules/vault.bicep' = {
  params: { name: names.vault, location: region, operatorId: operatorId }
}

module communication 'modules/communication.bicep' = {
  params: {
    communicationName: names.communication
    emailName: names.email
    tags: tags
    dataLocation: atRest
    emailDomain: emailDomain
    emailDomainVerified: emailDomainVerified
  }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    workspaceName: names.workspace
    insightsName: names.insights
    location: region
    tags: tags
    retentionDays: logDays
    dailyGigabytes: logGigabytesADay
  }
}

module access 'modules/access.bicep' = {
  dependsOn: [identity, storage, vault, communication, monitoring]
  params: {
    identityName: names.identity
    storageName: names.storage
    vaultName: names.vault
    communicationName: names.communication
    insightsName: names.insights
    operatorId: operatorId
  }
}

module app 'modules/app.bicep' = {
  // The app must find its roles when it first starts.
  dependsOn: [access]
  params: {
    appName: names.app
    planName: names.plan
    location: region
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    vaultUri: vault.outputs.uri
    packageContainerUri: '${storage.outputs.blobUri}${packageContainer}'
    blobUri: storage.outputs.blobUri
    queueUri: storage.outputs.queueUri
    tableUri: storage.outputs.tableUri
    communicationEndpoint: communication.outputs.endpoint
    insightsConnectionString: monitoring.outputs.connectionString
    geography: geography
    publicUrl: 'https://${empty(publicHost) ? '${names.app}.azurewebsites.net' : publicHost}'
    linkUrl: empty(linkHost) ? '' : 'https://${linkHost}'
    allowedTenants: allowedTenants
    entraClientId: entraClientId
    outboundAllow: outboundAllow
    // "Service limits for Azure Communication Services": a domain of Microsoft's 5 and 10; one of your own is the app's default.
    emailsPerMinute: empty(emailsPerMinute) && empty(emailDomain) ? '5' : emailsPerMinute
    emailsPerHour: empty(emailsPerHour) && empty(emailDomain) ? '10' : emailsPerHour
    termsUrl: termsUrl
    privacyUrl: privacyUrl
    rotatingKeys: empty(rotatingKeys) ? [] : split(rotatingKeys, ',')
    alwaysReadyHttp: alwaysReadyHttp
    maximumInstances: maximumInstances
  }
}

module diagnostics 'modules/diagnostics.bicep' = {
  dependsOn: [storage, vault, communication]
  params: {
    workspaceId: monitoring.outputs.workspaceId
    vaultName: names.vault
    communicationName: names.communication
    storageName: names.storage
  }
}

module alerts 'modules/alerts.bicep' = {
  params: {
    groupName: names.alerts
    location: region
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    emails: empty(alertEmails) ? [] : split(alertEmails, ',')
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0) {
  params: { name: names.budget, amount: monthlyBudget, startDate: budgetStart, actionGroupId: alerts.outputs.groupId }
}

output names object = names
output appHost string = app.outputs.host
output identityPrincipalId string = identity.outputs.principalId
output dnsRecords object = communication.outputs.dnsRecords
