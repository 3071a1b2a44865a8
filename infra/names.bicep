// How the resources of a stamp are called. One place, so that main.bicep, events.bicep and the scripts agree.

@export()
@description('The names of a stamp. The suffix is the resource group\'s own and makes the names unique in the world.')
func namesOf(geography string, environment string, suffix string) object => {
  // "{app}.azurewebsites.net" must fit the 40 characters that a link in a text may spend on its host.
  app: 'ehr-${geography}-${environment}-${suffix}'
  plan: 'ehr-${geography}-${environment}-${suffix}-plan'
  identity: 'ehr-${geography}-${environment}-${suffix}-id'
  storage: 'ehr${geography}${environment}${suffix}'
  vault: 'ehr-${geography}-${environment}-${suffix}'
  communication: 'ehr-${geography}-${environment}-${suffix}-acs'
  email: 'ehr-${geography}-${environment}-${suffix}-email'
  workspace: 'ehr-${geography}-${environment}-${suffix}-log'
  insights: 'ehr-${geography}-${environment}-${suffix}-insights'
  alerts: 'ehr-${geography}-${environment}-${suffix}-alerts'
  budget: 'ehr-${geography}-${environment}-${suffix}-budget'
  events: 'ehr-${geography}-${environment}-${suffix}-events'
}
