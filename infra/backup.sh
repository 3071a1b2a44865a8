#!/usr/bin/env bash
# Saves what cannot be made again: the configuration tables, and the keys as blobs that only this vault's subscription and
# geography can open. Visits, links and notices are not saved: the next sweep finds the visits again.
#
#   infra/backup.sh --geography amer|emea|apac [--environment prod|test] --to <folder> [--dry-run]

set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=infra/lib/steps.sh
source "$here/lib/steps.sh"
# shellcheck source=infra/lib/options.sh
source "$here/lib/options.sh"

TO=''
own_option() {
  TOOK=2
  case $1 in --to) TO=${2:-} ;; *) TOOK=0 ;; esac
}
take_options "$@"
[[ -n $TO ]] || wrong '--to is needed'
settle_options
stamp_names
[[ -n $DRY_RUN ]] || (umask 077 && mkdir -p "$TO/keys" "$TO/tables")
step 'Keys, encrypted by the vault' "you need Key Vault Secrets Officer and Certificates Officer on $VAULT_NAME"
for key in stamp-secret field-key link-key session-key client-assertion-key; do
  run az keyvault secret backup --vault-name "$VAULT_NAME" --name "$key" --file "$TO/keys/$key.blob"
done
run az keyvault certificate backup --vault-name "$VAULT_NAME" --name notification-certificate \
  --file "$TO/keys/notification-certificate.blob"
step 'Configuration' "you need Storage Table Data Contributor on $STORAGE_NAME, and npm ci"
cd "$HERE"
run npx --no-install tsx scripts/table-backup.ts save "https://$STORAGE_NAME.table.core.windows.net" "$TO/tables"
printf '\nSaved to %s. It holds who works where and sealed secrets: keep it as you keep the vault.\n' "$TO"
