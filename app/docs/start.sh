#!/bin/sh
# Gets a Polis key for an agent and shows how to use it.
#   curl -fsSL {{ base_url }}/start | sh -s -- you@example.com
#   --dry-run says what would be asked, and asks nothing.
set -eu

base='{{ base_url }}'
email=''
dry_run=''

say() { printf '%s\n' "$1"; }
fail() { printf 'start: %s\n' "$1" >&2; exit 1; }

for argument in "$@"; do
  case "$argument" in
    --dry-run) dry_run=yes ;;
    -h | --help)
      say "usage: curl -fsSL $base/start | sh -s -- [--dry-run] you@example.com"
      exit 0
      ;;
    -*) fail "unknown option $argument; there is only --dry-run." ;;
    *)
      [ -z "$email" ] || fail "one address at a time."
      email=$argument
      ;;
  esac
done

[ -n "$email" ] || fail "which address is it for? curl -fsSL $base/start | sh -s -- you@example.com"
case "$email" in
  *[!A-Za-z0-9.@_+-]*) fail "the address may hold letters, digits and . @ _ + - only." ;;
  ?*@?*) ;;
  *) fail "$email is not an e-mail address." ;;
esac

body="{\"email\": \"$email\"}"
if [ -n "$dry_run" ]; then
  say "Would send to $base/api/provision:"
  say "  $body"
  say "That makes an organization with {{ provisioned_tokens }} trial tokens and one key, and mails $email"
  say "a link to claim it. Nothing was sent."
  exit 0
fi

command -v curl >/dev/null 2>&1 || fail "curl is needed and was not found."
answer=$(curl -sS -X POST "$base/api/provision" -H 'Content-Type: application/json' -d "$body") ||
  fail "$base could not be reached."

# A value of the answer by its name: ours hold neither quotes nor backslashes.
value() {
  printf '%s' "$answer" | tr '\n' ' ' |
    sed -n "s/.*\"$1\"[[:space:]]*:[[:space:]]*\"\{0,1\}\([^\",}]*\).*/\1/p"
}

key=$(value api_key)
if [ -z "$key" ]; then
  message=$(printf '%s' "$answer" | tr '\n' ' ' | sed -n 's/.*"message"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p')
  hint=$(printf '%s' "$answer" | tr '\n' ' ' | sed -n 's/.*"hint"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p')
  fail "${message:-no key came back.} ${hint:-}"
fi

say "Your key, shown once:"
say "  export POLIS_KEY=$key"
say ""
say "It may spend $(value trial_tokens) trial tokens. Open the mail to $email and claim the"
say "organization: that brings the rest. Without it everything ends on $(value expires_at),"
say "unless something was bought."
say ""
say "Claude Code:"
say "  claude mcp add --transport http polis $base/mcp --header \"Authorization: Bearer \$POLIS_KEY\""
say "Anything else that speaks MCP:"
say "  $base/mcp with the header Authorization: Bearer and the key"
pack=$(value small)
if [ -n "$pack" ]; then
  say "More tokens:"
  say "  $pack"
fi
say "First test: $base/docs/quickstart"
