using '../events.bicep'

// The same stamp as main.bicep's; deployed after the package.
param geography = readEnvironmentVariable('EHR_GEOGRAPHY', 'amer')
param environment = readEnvironmentVariable('EHR_ENVIRONMENT', 'prod')
