#!/usr/bin/env bash
# Publishes an earlier package again. Data stays: a release reads what its successor wrote, or says that it cannot.
#
#   infra/rollback.sh --geography amer|emea|apac [--environment prod|test] [--to <release.zip>] [--dry-run] [--yes]
#
#   --to   a release as listed; default: the one before the newest

set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=infra/lib/steps.sh
source "$here/lib/steps.sh"
# shellcheck source=infra/lib/options.sh
source "$here/lib/options.sh"
# shellcheck source=infra/lib/publish.sh
source "$here/lib/publish.sh"

TO=''
own_option() {
  TOOK=2
  case $1 in --to) TO=${2:-} ;; *) TOOK=0 ;; esac
}
take_options "$@"
settle_options
stamp_names
private_folder
if [[ -z $TO ]]; then
  step 'Which release was before' "you need Storage Blob Data Reader on $STORAGE_NAME; or name one with --to"
  capture TO '<release>.zip' az storage blob list --account-name "$STORAGE_NAME" --auth-mode login \
    --container-name releases --query 'reverse(sort_by([], &properties.lastModified))[1].name' --output tsv
  [[ -n $TO ]] || fail 'there is only one release'
fi
ask "Publish $TO to $APP_NAME?"
step 'Publish' 'run it again'
run az storage blob download --account-name "$STORAGE_NAME" --auth-mode login --container-name releases \
  --name "$TO" --file "$PRIVATE/package.zip" --output none
publish "$PRIVATE/package.zip"
post_checks
