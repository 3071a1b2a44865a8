#!/usr/bin/env bash
# Deletes one stamp: the resource group with everything in it, and the Entra application.
#
#   infra/teardown.sh --geography amer|emea|apac [--environment prod|test] [--dry-run]
#
# The vault is kept by the platform for 90 days with its keys (purge protection) and can be recovered. Phone numbers are
# released and somebody else may get them. Back up first: infra/backup.sh. There is no --yes: the name must be typed.

set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=infra/lib/steps.sh
source "$here/lib/steps.sh"
# shellcheck source=infra/lib/options.sh
source "$here/lib/options.sh"

take_options "$@"
settle_options
stamp_names
APPLICATION=teams-ehr-connector-$GEOGRAPHY-$ENVIRONMENT
step 'What would be deleted' 'check --resource-group and --subscription'
run az resource list --resource-group "$RESOURCE_GROUP" --query '[].{name:name, type:type}' --output table
printf '\nThe configuration, all visits, the phone numbers and the alerts of %s are deleted.\n' "$RESOURCE_GROUP"
if [[ -n $DRY_RUN ]]; then
  printf '(asks for the name of the resource group)\n'
else
  read -r -p "Type the name of the resource group to delete it: " typed
  [[ $typed == "$RESOURCE_GROUP" ]] || fail 'stopped: nothing was deleted' 'run it again and type the very name'
fi
step 'Delete' 'a lock on the resource group stops this: az lock list --resource-group '"$RESOURCE_GROUP"
run az group delete --name "$RESOURCE_GROUP" --yes
step 'Delete the Entra application' "delete it in Entra: App registrations, $APPLICATION"
run az rest --method DELETE --url "https://graph.microsoft.com/v1.0/applications(uniqueName='$APPLICATION')"
printf '\nThe vault %s can be recovered for 90 days: az keyvault recover --name %s\n' "$VAULT_NAME" "$VAULT_NAME"
