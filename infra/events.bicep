// Event Grid subscriptions: after the functions are published, because a subscription is refused while its function is
// not there. No dead-letter: the events hold phone numbers and e-mail addresses, and would lie in a container in clear. What is not
// delivered within a day is lost, and the notice then counts as unknown.

import { namesOf } from 'names.bicep'

@allowed(['amer', 'emea', 'apac'])
param geography string

@allowed(['prod', 'test'])
param environment string = 'prod'

var names = namesOf(geography, environment, take(uniqueString(resourceGroup().id), 5))

resource app 'Microsoft.Web/sites@2024-11-01' existing = { name: names.app }
resource communication 'Microsoft.Communication/communicationServices@2025-05-01' existing = {
  name: names.communication
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: names.events
  location: 'global'
  tags: { application: 'teams-ehr-connector', geography: geography, environment: environment }
  properties: {
    source: communication.id
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

resource smsEvents 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'smsEvents'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'AzureFunction'
      properties: {
        resourceId: '${app.id}/functions/smsEvents'
        maxEventsPerBatch: 1
        preferredBatchSizeInKilobytes: 64
      }
    }
    filter: {
      includedEventTypes: [
        'Microsoft.Communication.SMSDeliveryReportReceived'
        'Microsoft.Communication.SMSReceived'
      ]
    }
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
  }
}

resource emailEvents 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'emailEvents'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'AzureFunction'
      properties: {
        resourceId: '${app.id}/functions/emailEvents'
        maxEventsPerBatch: 1
        preferredBatchSizeInKilobytes: 64
      }
    }
    filter: { includedEventTypes: ['Microsoft.Communication.EmailDeliveryReportReceived'] }
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
  }
}
