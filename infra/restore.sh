#!/usr/bin/env bash
# Brings keys and configuration back into a stamp whose vault or tables were lost. Never overwrites: a key that is there
# stays, and a row that is there stays.
#
#   infra/restore.sh --geography amer|emea|apac [--environment prod|test] --from <folder> [--dry-run] [--yes]

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

FROM=''
own_option() {
  TOOK=2
  case $1 in --from) FROM=${2:-} ;; *) TOOK=0 ;; esac
}
take_options "$@"
[[ -n $FROM ]] || wrong '--from is needed'
settle_options
stamp_names
ask "Restore keys and configuration from $FROM into $RESOURCE_GROUP?"
step 'Keys that are missing' "blobs open only in a vault of the same subscription and geography; $VAULT_NAME must be one"
list_secrets
for key in stamp-secret field-key link-key session-key client-assertion-key; do
  if has_secret "$key"; then
    printf '%s is there and stays as it is\n' "$key"
  else
    run az keyvault secret restore --vault-name "$VAULT_NAME" --file "$FROM/keys/$key.blob" --output none
  fi
done
if has_secret notification-certificate; then
  printf 'notification-certificate is there and stays as it is\n'
else
  run az keyvault certificate restore --vault-name "$VAULT_NAME" --file "$FROM/keys/notification-certificate.blob" \
    --output none
fi
step 'Rows that are missing' "you need Storage Table Data Contributor on $STORAGE_NAME, and npm ci"
cd "$HERE"
run npx --no-install tsx scripts/table-backup.ts load "https://$STORAGE_NAME.table.core.windows.net" "$FROM/tables"
read_keys_again
post_checks
