#!/usr/bin/env bash
# Replaces one key. What was made with the old one still opens: it stays as <key>-previous until --finish.
#
#   infra/rotate-keys.sh --geography amer|emea|apac [--environment prod|test] --key <key> [--finish] [--dry-run] [--yes]
#
#   --key      field-key, link-key, session-key, client-assertion-key or notification-certificate
#   --finish   ends the rotation: the previous key is switched off (docs/operations.md says when that is safe)
#
# The stamp secret cannot be rotated: visits and opt-outs are found by it.

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

KEY=''
FINISH=''
own_option() {
  TOOK=2
  case $1 in
    --key) KEY=${2:-} ;;
    --finish) FINISH=1 TOOK=1 ;;
    *) TOOK=0 ;;
  esac
}
take_options "$@"
case $KEY in
  field-key | link-key | session-key) KIND=random ;;
  client-assertion-key) KIND=assertion ;;
  notification-certificate) KIND=certificate ;;
  stamp-secret) wrong 'the stamp secret is never rotated: visits and opt-outs are found by it' ;;
  *) wrong '--key names no key that can be rotated' ;;
esac
settle_options
stamp_names
cd "$HERE"
private_folder

SETTING=${KEY^^}_PREVIOUS
SETTING=${SETTING//-/_}
[[ $KIND != certificate ]] || SETTING=GRAPH_$SETTING

# set_previous value : the one setting of the app that says whether there is a previous key.
set_previous() {
  run az functionapp config appsettings set --resource-group "$RESOURCE_GROUP" --name "$APP_NAME" \
    --settings "$SETTING=$1" --output none
}

if [[ -n $FINISH ]]; then
  ask "Switch the previous $KEY off? What was sealed or signed with it no longer opens."
  step 'The app forgets the previous key' 'run it again'
  set_previous ''
  step 'The vault keeps it, switched off' "you need Key Vault Secrets Officer on $VAULT_NAME"
  run az keyvault secret set-attributes --vault-name "$VAULT_NAME" --name "$KEY-previous" --enabled false --output none
  post_checks
  exit
fi

step 'No rotation of this key is under way' "end the last one first: infra/rotate-keys.sh --key $KEY --finish"
list_secrets
[[ $(rotating_keys) != *"$KEY"* ]] || fail "$KEY-previous is still in use"
ask "Replace $KEY of $APP_NAME?"

step 'The present key becomes the previous one' "you need Key Vault Secrets Officer on $VAULT_NAME"
run az keyvault secret download --vault-name "$VAULT_NAME" --name "$KEY" --file "$PRIVATE/present" --encoding utf-8
run az keyvault secret set --vault-name "$VAULT_NAME" --name "$KEY-previous" --file "$PRIVATE/present" \
  --encoding utf-8 --output none
[[ -n $DRY_RUN ]] || rm -f "$PRIVATE/present"
step 'The app knows it before there is another' 'run it again'
set_previous "@Microsoft.KeyVault(SecretUri=https://$VAULT_NAME.vault.azure.net/secrets/$KEY-previous)"
step 'A new key' "the previous one still works; run the command below by hand, then: $0 --key $KEY --finish"
if [[ $KIND == certificate ]]; then
  run az keyvault certificate create --vault-name "$VAULT_NAME" --name "$KEY" \
    --policy @infra/notification-certificate.json --output none
else
  new_key_file "$KIND"
  run az keyvault secret set --vault-name "$VAULT_NAME" --name "$KEY" --file "$KEY_FILE" --encoding utf-8 --output none
fi
read_keys_again
post_checks
printf '\nWhen nothing of the old key is in use any more (docs/operations.md): %s --key %s --finish\n' "$0" "$KEY"
