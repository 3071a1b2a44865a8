# shellcheck shell=bash
# Keys in the vault. They are made here once, go there by a file that only this process can read, and are never printed.

RANDOM_KEYS=(stamp-secret field-key link-key session-key)

# new_key_file random|assertion : writes a new key and leaves its path in KEY_FILE.
new_key_file() {
  KEY_FILE=$PRIVATE/key
  [[ -n $DRY_RUN ]] || (umask 077 && node "$HERE/infra/lib/new-key.mjs" "$1" >"$KEY_FILE")
}

# Reads the names of all secrets, those of certificates too, once the vault lets us in: a role that was just given takes
# minutes. A vault that cannot be asked must never look like an empty one, or a key that exists would be replaced.
list_secrets() {
  local query=(az keyvault secret list --vault-name "$VAULT_NAME" --include-managed true
    --query '[].[name, attributes.enabled]' --output tsv)
  KNOWN_SECRETS=''
  show "${query[@]}"
  [[ -n $DRY_RUN ]] && return
  local try
  for ((try = 1; try <= 15; try++)); do
    KNOWN_SECRETS=$("${query[@]}") && return
    printf '  the vault does not let us in yet (%s of 15)\n' "$try" >&2
    sleep "$PAUSE_SECONDS"
  done
  fail "the vault $VAULT_NAME cannot be read"
}

# A disabled one counts: it was switched off on purpose, and is not ours to replace.
has_secret() {
  local name enabled
  while read -r name enabled; do [[ $name == "$1" && -n $enabled ]] && return 0; done <<<"$KNOWN_SECRETS"
  return 1
}

# The keys that are being rotated, as main.bicep wants them: those with an enabled previous version.
rotating_keys() {
  local name enabled rotating=()
  while read -r name enabled; do
    [[ $name == *-previous && ${enabled,,} == true ]] && rotating+=("${name%-previous}")
  done <<<"$KNOWN_SECRETS"
  (IFS=, && printf '%s' "${rotating[*]}")
}

# ensure_key name random|assertion
ensure_key() {
  if has_secret "$1"; then
    printf '%s is there and stays as it is\n' "$1"
    return
  fi
  # Visits and opt-outs are found by the stamp secret: with another one they would all be strangers.
  if [[ $1 == stamp-secret && -n ${STAMP_EXISTS:-} ]]; then
    fail 'this stamp has data, but the vault lacks its stamp-secret' 'bring it back from the backup: infra/restore.sh'
  fi
  new_key_file "$2"
  printf 'PRIVATE/key: %s\n' "$([[ $2 == random ]] && echo '32 random bytes, base64' || echo 'EC P-384 private key, JWK')"
  run az keyvault secret set --vault-name "$VAULT_NAME" --name "$1" --file "$KEY_FILE" --encoding utf-8 --output none
  [[ -n $DRY_RUN ]] || rm -f "$KEY_FILE"
}

ensure_keys() {
  local name
  list_secrets
  for name in "${RANDOM_KEYS[@]}"; do ensure_key "$name" random; done
  ensure_key client-assertion-key assertion
  if has_secret notification-certificate; then
    printf 'notification-certificate is there and stays as it is\n'
  else
    run az keyvault certificate create --vault-name "$VAULT_NAME" --name notification-certificate \
      --policy "@$HERE/infra/notification-certificate.json" --output none
  fi
}
