// Texts and e-mail. Access keys are off; the app uses its identity.

param communicationName string
param emailName string
param tags object

@description('Where Communication Services keep data at rest; cannot be changed later.')
param dataLocation string

@description('Domain that e-mail is sent from; empty = a domain of Microsoft\'s for trials (10 mails an hour at most).')
param emailDomain string

@description('True once the DNS records of the domain are in place and verified: only then it can be linked.')
param emailDomainVerified bool

var managed = empty(emailDomain)

resource email 'Microsoft.Communication/emailServices@2023-04-01' = {
  name: emailName
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

resource domain 'Microsoft.Communication/emailServices/domains@2023-04-01' = {
  parent: email
  name: managed ? 'AzureManagedDomain' : emailDomain
  location: 'global'
  tags: tags
  properties: {
    domainManagement: managed ? 'AzureManaged' : 'CustomerManaged'
    // Nothing in a mail of ours is followed: no pixel, no rewritten link.
    userEngagementTracking: 'Disabled'
  }
}

resource communication 'Microsoft.Communication/communicationServices@2025-05-01' = {
  name: communicationName
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    disableLocalAuth: true
    linkedDomains: managed || emailDomainVerified ? [domain.id] : []
  }
}

output endpoint string = 'https://${communication.properties.hostName}'
output emailSenderDomain string = domain.properties.fromSenderDomain

@description('What to enter at the DNS provider before emailDomainVerified can be true; empty for Microsoft\'s domain.')
output dnsRecords object = managed ? {} : domain.properties.verificationRecords
