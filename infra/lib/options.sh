# shellcheck shell=bash
# The options that all scripts share. Each can also be given by the environment, as azd and the workflow do.

GEOGRAPHY=${EHR_GEOGRAPHY:-}
ENVIRONMENT=${EHR_ENVIRONMENT:-prod}
SUBSCRIPTION=${AZURE_SUBSCRIPTION_ID:-}
RESOURCE_GROUP=${AZURE_RESOURCE_GROUP:-}

usage() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

wrong() {
  printf '%s\n\n' "$1" >&2
  usage >&2
  exit 2
}

# Takes one shared option. Sets TOOK to how many words it used; 0 = not one of these.
shared_option() {
  TOOK=2
  case $1 in
    --geography) GEOGRAPHY=${2:-} ;;
    --environment) ENVIRONMENT=${2:-} ;;
    --subscription) SUBSCRIPTION=${2:-} ;;
    --resource-group) RESOURCE_GROUP=${2:-} ;;
    --dry-run) DRY_RUN=1 TOOK=1 ;;
    --yes) export ASSUME_YES=1 && TOOK=1 ;;
    --help) usage && exit 0 ;;
    *) TOOK=0 ;;
  esac
}

# Takes all options. A script with options of its own defines own_option, which sets TOOK as shared_option does.
take_options() {
  while [[ $# -gt 0 ]]; do
    shared_option "$@"
    if [[ $TOOK -eq 0 ]] && declare -F own_option >/dev/null; then own_option "$@"; fi
    [[ $TOOK -gt 0 ]] || wrong "unknown option $1"
    [[ $TOOK -eq 1 || -n ${2:-} ]] || wrong "$1 needs a value"
    shift "$TOOK"
  done
}

# Checks the shared options and finds the subscription.
settle_options() {
  # A variable that a workflow sets to nothing counts as not set: the parameter files have their own defaults.
  local variable
  for variable in "${!EHR_@}"; do [[ -n ${!variable} ]] || unset "$variable"; done
  case $GEOGRAPHY in amer | emea | apac) ;; *) wrong '--geography is one of amer, emea, apac' ;; esac
  case $ENVIRONMENT in prod | test) ;; *) wrong '--environment is prod or test' ;; esac
  RESOURCE_GROUP=${RESOURCE_GROUP:-ehr-$GEOGRAPHY-$ENVIRONMENT}
  export EHR_GEOGRAPHY=$GEOGRAPHY EHR_ENVIRONMENT=$ENVIRONMENT
  need node 'install Node 22 or later from https://nodejs.org'
  [[ -n $DRY_RUN ]] || need az 'install the Azure CLI: https://learn.microsoft.com/cli/azure/install-azure-cli'
  step 'Signed in, and to the right subscription' 'run: az login, and az account set --subscription <id>'
  [[ -z $SUBSCRIPTION ]] || run az account set --subscription "$SUBSCRIPTION"
  capture SUBSCRIPTION "${SUBSCRIPTION:-00000000-0000-0000-0000-000000000000}" az account show --query id --output tsv
}
