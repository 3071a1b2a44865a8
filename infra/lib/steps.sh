# shellcheck shell=bash
# One list of commands, run or printed: every command of the scripts goes through run, capture, holds or patiently, so
# that --dry-run prints exactly what a real run executes. Nothing secret is ever an argument; keys go by files.

DRY_RUN=${DRY_RUN:-}
ASSUME_YES=${ASSUME_YES:-}
PAUSE_SECONDS=${PAUSE_SECONDS:-20}
REMEDY=''
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# step "what happens" "what to do if it fails"
step() {
  REMEDY=$2
  printf '\n# %s\n' "$1"
}

# The command as somebody would type it; files on their way to Azure lie in $PRIVATE.
show() {
  local word line=''
  for word in "$@"; do
    [[ -z ${PRIVATE:-} ]] || word=${word//$PRIVATE/PRIVATE}
    if [[ $word =~ ^[A-Za-z0-9_./:=@%+,-]+$ ]]; then line+=" $word"; else line+=" '${word//\'/\'\\\'\'}'"; fi
  done
  printf '%s\n' "${line# }"
}

fail() {
  printf '\nfailed: %s\nwhat to do: %s\n' "$1" "${2:-$REMEDY}" >&2
  exit 1
}

# run command...
run() {
  show "$@"
  [[ -n $DRY_RUN ]] || "$@" || fail "$(show "$@")"
}

# capture NAME placeholder command... : the command's answer becomes the variable; in a dry run the placeholder does.
capture() {
  local name=$1 placeholder=$2 answer
  shift 2
  show "$@"
  if [[ -n $DRY_RUN ]]; then
    printf -v "$name" '%s' "$placeholder"
    return
  fi
  answer=$("$@") || fail "$(show "$@")"
  printf -v "$name" '%s' "$answer"
}

# holds command... : true when the command succeeds. In a dry run it never holds, so that what follows is printed too.
holds() {
  printf 'unless: '
  show "$@"
  [[ -z $DRY_RUN ]] && "$@" >/dev/null 2>&1
}

# patiently command... : a role that was just given takes minutes to be known everywhere.
patiently() {
  local try
  show "$@"
  [[ -n $DRY_RUN ]] && return
  for ((try = 1; try <= 15; try++)); do
    "$@" && return
    printf '  not yet (%s of 15), trying again in %s seconds\n' "$try" "$PAUSE_SECONDS" >&2
    sleep "$PAUSE_SECONDS"
  done
  fail "$(show "$@")"
}

# ask "question" : stops unless the answer is yes.
ask() {
  if [[ -n $DRY_RUN || -n $ASSUME_YES ]]; then
    printf '(asks: %s)\n' "$1"
    return
  fi
  local answer
  read -r -p "$1 [yes/no] " answer
  [[ $answer == yes ]] || fail 'stopped: nothing was changed from here on' 'run it again and answer yes, or pass --yes'
}

# Tools that must be there before anything is changed; a dry run needs none but node.
need() {
  command -v "$1" >/dev/null 2>&1 || fail "$1 is not installed" "$2"
}

# A folder, shown as PRIVATE, for what goes to Azure by a file: readable by nobody else, gone at the end.
private_folder() {
  PRIVATE=$(mktemp -d)
  chmod 700 "$PRIVATE"
  trap 'rm -rf "$PRIVATE"' EXIT
}

# The names of the stamp, from the compiled template (scripts/snapshot.ts): APP_NAME, VAULT_NAME, STORAGE_NAME, ...
stamp_names() {
  local lines
  lines=$(cd "$HERE" && npx --no-install tsx scripts/snapshot.ts "$GEOGRAPHY" "$SUBSCRIPTION" "$RESOURCE_GROUP") ||
    fail 'the template does not compile with these parameters' \
      'read the sentence above; it names the parameter. Run npm ci first, and npm run lint:infra for the template itself'
  eval "$lines"
}
