# shellcheck shell=bash
# The stages of deploy.sh, in the order in which they run.

PROVIDERS=(Microsoft.Web Microsoft.Storage Microsoft.KeyVault Microsoft.Communication Microsoft.EventGrid
  Microsoft.Insights Microsoft.OperationalInsights Microsoft.ManagedIdentity Microsoft.AlertsManagement)
GRAPH=https://graph.microsoft.com/v1.0

preflight() {
  if [[ -z $DRY_RUN ]]; then
    need npm 'it comes with Node: https://nodejs.org'
    need curl 'install curl with the package manager of your system'
  fi
  step 'Preflight: who deploys' 'run: az login'
  capture TENANT 00000000-0000-0000-0000-000000000000 az account show --query tenantId --output tsv
  capture SIGNED_IN user az account show --query user.type --output tsv
  if [[ -n ${EHR_OPERATOR_ID:-} ]]; then
    printf 'deploys as %s\n' "$EHR_OPERATOR_ID"
  elif [[ $SIGNED_IN == servicePrincipal ]]; then
    capture WORKLOAD '' az account show --query user.name --output tsv
    capture EHR_OPERATOR_ID '' az ad sp show --id "$WORKLOAD" --query id --output tsv
  else
    capture EHR_OPERATOR_ID '<object id of whoever deploys>' az ad signed-in-user show --query id --output tsv
  fi
  export EHR_OPERATOR_ID

  step 'Preflight: the link host fits a text' 'choose a host of at most 40 characters with --link-host'
  printf '%s: %s characters\n' "$LINK_HOST" "${#LINK_HOST}"
  [[ ${#LINK_HOST} -le 40 ]] || fail "the link host $LINK_HOST has ${#LINK_HOST} characters"

  step 'Preflight: the region offers Flex Consumption with Node 24' \
    "choose another region of $GEOGRAPHY with --location (infra/geographies.bicep)"
  capture RUNTIMES 24 az functionapp list-flexconsumption-runtimes --location "$LOCATION" --runtime node \
    --query "[?version=='24'].version" --output tsv
  [[ $RUNTIMES == *24* ]] || fail "$LOCATION does not offer Node 24 on Flex Consumption"

  step 'Preflight: resource providers' 'ask the owner of the subscription to register them'
  local provider
  for provider in "${PROVIDERS[@]}"; do run az provider register --namespace "$provider" --wait --output none; done

  step 'Preflight: the names are free, or ours' 'use another resource group with --resource-group: names follow from it'
  local taken
  STAMP_EXISTS=''
  if holds az storage account show --name "$STORAGE_NAME" --resource-group "$RESOURCE_GROUP" --output none; then
    # keys.sh asks for it.
    export STAMP_EXISTS=1
  else
    capture taken true az storage account check-name --name "$STORAGE_NAME" --query nameAvailable --output tsv
    [[ $taken == true ]] || fail "the storage account name $STORAGE_NAME is taken"
  fi
  capture taken '' az keyvault list-deleted --resource-type vault --query "[?name=='$VAULT_NAME'].name" --output tsv
  [[ -z $taken ]] || fail "the vault $VAULT_NAME was deleted and is kept for 90 days with its keys" \
    "bring it back: az keyvault recover --name $VAULT_NAME --resource-group $RESOURCE_GROUP"

  step 'Preflight: quotas' \
    "ask for more in the Azure portal, Quotas; or choose another region of $GEOGRAPHY with --location"
  local quota
  capture quota '0 250' az storage account show-usage --location "$LOCATION" \
    --query "join(' ', [to_string(currentValue), to_string(limit)])" --output tsv
  printf 'storage accounts in %s: %s of %s\n' "$LOCATION" "${quota% *}" "${quota#* }"
  # A stamp that is there already has its account.
  [[ -n $STAMP_EXISTS || ${quota% *} -lt ${quota#* } ]] ||
    fail "$LOCATION has no storage account left in this subscription"
}

resource_group() {
  step 'Resource group' 'ask the owner of the subscription for the Contributor and Role Based Access Control Administrator roles'
  run az group create --name "$RESOURCE_GROUP" --location "$LOCATION" --output none
}

# What az rest sends lies in a file: the shell would mangle it.
body() {
  BODY=$PRIVATE/body.json
  node "$HERE/infra/entra/application.mjs" "$@" >"$BODY"
  printf 'PRIVATE/body.json: %s\n' "$(<"$BODY")"
}

entra_application() {
  APPLICATION=teams-ehr-connector-$GEOGRAPHY-$ENVIRONMENT
  if [[ -n $CLIENT_ID ]]; then
    step 'Entra application: given' 'check --client-id'
  else
    step 'Entra application' \
      'ask for the Application Developer role, or let an administrator make it and pass --client-id (docs/deploy.md)'
    body application "$APPLICATION" "$PUBLIC_URL" "$AUDIENCE" "$QUALITY"
    run az rest --method PATCH --url "$GRAPH/applications(uniqueName='$APPLICATION')" \
      --headers Prefer=create-if-missing Content-Type=application/json --body "@$BODY"
    capture CLIENT_ID '<application id>' az rest --method GET \
      --url "$GRAPH/applications(uniqueName='$APPLICATION')" --query appId --output tsv
    run az rest --method PATCH --url "$GRAPH/servicePrincipals(appId='$CLIENT_ID')" \
      --headers Prefer=create-if-missing Content-Type=application/json --body '{}'
  fi
  export EHR_ENTRA_CLIENT_ID=$CLIENT_ID
}

what_if() {
  step 'What will change' 'read the message: it names the resource; mend the parameter and run again'
  run az deployment group what-if --resource-group "$RESOURCE_GROUP" --name main \
    --parameters "infra/parameters/$GEOGRAPHY.bicepparam"
  ask "Apply this to resource group $RESOURCE_GROUP?"
}

vault_and_keys() {
  step 'Vault' 'you need the right to assign roles: Role Based Access Control Administrator on the resource group'
  run az deployment group create --resource-group "$RESOURCE_GROUP" --name vault --template-file infra/modules/vault.bicep \
    --parameters name="$VAULT_NAME" location="$LOCATION" operatorId="$EHR_OPERATOR_ID" --output none
  step 'Keys: made where they are missing, never overwritten' \
    "you need Key Vault Secrets Officer and Certificates Officer on $VAULT_NAME; the roles may take minutes: run it again"
  ensure_keys
  EHR_ROTATING_KEYS=$(rotating_keys)
  export EHR_ROTATING_KEYS
}

main_template() {
  step 'Everything else' 'read the message: it names the resource; then run again, nothing is made twice'
  run az deployment group create --resource-group "$RESOURCE_GROUP" --name main \
    --parameters "infra/parameters/$GEOGRAPHY.bicepparam" --output none
  capture PRINCIPAL '<principal id of the identity>' az deployment group show --resource-group "$RESOURCE_GROUP" \
    --name main --query properties.outputs.identityPrincipalId.value --output tsv
  capture DNS '' az deployment group show --resource-group "$RESOURCE_GROUP" --name main \
    --query properties.outputs.dnsRecords.value --output json
}

entra_federation() {
  [[ -z $FEDERATED ]] || return 0
  step 'The identity stands for the application' \
    'an owner of the application must do this: give them infra/entra/application.mjs federation and docs/deploy.md'
  body federation "$TENANT" "$PRINCIPAL"
  run az rest --method PATCH \
    --url "$GRAPH/applications(appId='$CLIENT_ID')/federatedIdentityCredentials(name='$APP_NAME')" \
    --headers Prefer=create-if-missing Content-Type=application/json --body "@$BODY"
}

package_and_publish() {
  step 'Package' 'run npm ci, then npm run typecheck and npm test'
  VERSION=$(node --print 'require("./package.json").version')
  run npm run package --silent
  PACKAGE=dist/package.zip
  step 'Keep the package for a rollback' "you need Storage Blob Data Contributor on $STORAGE_NAME; it may take minutes"
  RELEASE=$VERSION-${GITHUB_SHA:-$(git rev-parse --short HEAD 2>/dev/null || printf local)}.zip
  patiently az storage blob upload --account-name "$STORAGE_NAME" --auth-mode login --container-name releases \
    --name "$RELEASE" --file "$PACKAGE" --overwrite --output none
  step 'Publish' 'run it again; infra/rollback.sh brings the previous package back'
  publish "$PACKAGE"
}

event_subscriptions() {
  step 'Event subscriptions, now that the functions are there' \
    'when it says that the endpoint is not there, wait a minute and run it again: the host has not listed its functions yet'
  patiently az deployment group create --resource-group "$RESOURCE_GROUP" --name events \
    --parameters infra/parameters/events.bicepparam --output none
}

what_next() {
  cat <<TEXT

Done. What to do next:
  1. Consent, once for each organization, as a Global Administrator of it:
     https://login.microsoftonline.com/<tenant id>/adminconsent?client_id=$CLIENT_ID
  2. Give the Teams application access policy to the accounts that organize meetings (docs/deploy.md, "Teams").
  3. Add a site: $PUBLIC_URL
     The EHR fetches our public keys at $PUBLIC_URL/.well-known/jwks.json and launches $PUBLIC_URL/launch/provider
TEXT
  [[ -z $DNS || $DNS == '{}' ]] || printf '  4. Enter these DNS records, then run again with EHR_EMAIL_DOMAIN_VERIFIED=true:\n%s\n' "$DNS"
}
