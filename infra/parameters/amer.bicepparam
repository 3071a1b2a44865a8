using '../main.bicep'

// Americas. What differs between two deployments of the same geography comes from the environment (deploy.sh).
param geography = 'amer'
param environment = readEnvironmentVariable('EHR_ENVIRONMENT', 'prod')
param location = readEnvironmentVariable('EHR_LOCATION', 'eastus2')
param dataLocation = readEnvironmentVariable('EHR_DATA_LOCATION', 'United States')
param allowedTenants = readEnvironmentVariable('EHR_ALLOWED_TENANTS', '')
param entraClientId = readEnvironmentVariable('EHR_ENTRA_CLIENT_ID', '')
param publicHost = readEnvironmentVariable('EHR_PUBLIC_HOST', '')
param linkHost = readEnvironmentVariable('EHR_LINK_HOST', '')
param operatorId = readEnvironmentVariable('EHR_OPERATOR_ID', '')
param alertEmails = readEnvironmentVariable('EHR_ALERT_EMAILS', '')
param rotatingKeys = readEnvironmentVariable('EHR_ROTATING_KEYS', '')
param outboundAllow = readEnvironmentVariable('EHR_OUTBOUND_ALLOW', '')
param termsUrl = readEnvironmentVariable('EHR_TERMS_URL', '')
param privacyUrl = readEnvironmentVariable('EHR_PRIVACY_URL', '')
param emailDomain = readEnvironmentVariable('EHR_EMAIL_DOMAIN', '')
param emailDomainVerified = bool(readEnvironmentVariable('EHR_EMAIL_DOMAIN_VERIFIED', 'false'))
param emailsPerMinute = readEnvironmentVariable('EHR_EMAILS_PER_MINUTE', '')
param emailsPerHour = readEnvironmentVariable('EHR_EMAILS_PER_HOUR', '')
param storageRedundancy = readEnvironmentVariable('EHR_STORAGE_REDUNDANCY', 'Standard_ZRS')
param alwaysReadyHttp = int(readEnvironmentVariable('EHR_ALWAYS_READY', '1'))
param monthlyBudget = int(readEnvironmentVariable('EHR_MONTHLY_BUDGET', '0'))
