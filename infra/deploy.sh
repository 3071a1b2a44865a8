#!/usr/bin/env bash
# Deploys one stamp of the connector, from an empty subscription or over an older release. Safe to run again.
#
#   infra/deploy.sh --geography amer|emea|apac [--environment prod|test] --tenants <id,id> [options]
#
#   --tenants           Microsoft 365 organizations that may use it: tenant ids, comma-separated
#   --alert-emails      who is told by the alerts, comma-separated
#   --location          region; default: the geography's own (infra/parameters)
#   --data-location     where Communication Services keep data at rest
#   --public-host       host of the pages, such as visits.example.org; default: the platform's
#   --link-host         host of the links in texts, at most 40 characters
#   --email-domain      domain that e-mail is sent from; default: one of Microsoft's, for trials
#   --monthly-budget    amount beyond which somebody is told
#   --client-id         an Entra application that somebody made already (docs/deploy.md); default: it is made here
#   --federated         that application trusts the managed identity already: its owner did it once
#   --call-quality      ask for the permission that call quality in the reports needs (CallRecords.Read.All)
#   --multi-tenant      the application may be used by several organizations
#   --subscription --resource-group   default: the signed-in one; ehr-<geography>-<environment>
#   --dry-run           prints every command and runs none; needs no sign-in and no network
#   --yes               asks nothing

set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=infra/lib/steps.sh
source "$here/lib/steps.sh"
# shellcheck source=infra/lib/options.sh
source "$here/lib/options.sh"
# shellcheck source=infra/lib/keys.sh
source "$here/lib/keys.sh"
# shellcheck source=infra/lib/publish.sh
source "$here/lib/publish.sh"
# shellcheck source=infra/lib/stages.sh
source "$here/lib/stages.sh"

CLIENT_ID=${EHR_ENTRA_CLIENT_ID:-}
AUDIENCE=${EHR_AUDIENCE:-single}
QUALITY=${EHR_CALL_QUALITY:-no-call-quality}
FEDERATED=${EHR_FEDERATED:-}
own_option() {
  TOOK=2
  case $1 in
    --multi-tenant) AUDIENCE=multiple TOOK=1 ;;
    --call-quality) QUALITY=call-quality TOOK=1 ;;
    --federated) FEDERATED=1 TOOK=1 ;;
    --tenants) export EHR_ALLOWED_TENANTS=${2:-} ;;
    --alert-emails) export EHR_ALERT_EMAILS=${2:-} ;;
    --location) export EHR_LOCATION=${2:-} ;;
    --data-location) export EHR_DATA_LOCATION=${2:-} ;;
    --public-host) export EHR_PUBLIC_HOST=${2:-} ;;
    --link-host) export EHR_LINK_HOST=${2:-} ;;
    --email-domain) export EHR_EMAIL_DOMAIN=${2:-} ;;
    --monthly-budget) export EHR_MONTHLY_BUDGET=${2:-} ;;
    --client-id) CLIENT_ID=${2:-} ;;
    *) TOOK=0 ;;
  esac
}
take_options "$@"
[[ -n ${EHR_ALLOWED_TENANTS:-} ]] || wrong '--tenants is needed: nobody could use the deployment otherwise'

settle_options
stamp_names
cd "$HERE"
private_folder
preflight
resource_group
entra_application
what_if
vault_and_keys
main_template
entra_federation
package_and_publish
event_subscriptions
post_checks
what_next
doctor
