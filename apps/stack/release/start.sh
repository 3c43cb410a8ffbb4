#!/bin/sh
# Starts one process: HTTP_ADDRESS is where the proxy finds it, unless systemd holds that port; JOBS_SOCKET is the socket that the timer
# calls. Secrets are files named as the settings, in SECRETS_DIR or where systemd puts credentials.
set -eu
# Where the folder really is: a name that comes to mean the next release must not give this one its files.
cd -P "$(dirname "$0")"
for file in "${SECRETS_DIR:-${CREDENTIALS_DIRECTORY:-/nowhere}}"/*; do
  [ -f "$file" ] || continue
  name=$(basename "$file")
  value=$(cat "$file")
  export "${name#secrets_}=$value"
done
# One that was left behind keeps workerd from listening.
rm -f "$JOBS_SOCKET"
if [ -n "${LISTEN_FDS:-}" ]; then listen=--socket-fd=http=3; else listen=--socket-addr=http=$HTTP_ADDRESS; fi
exec ./workerd serve config.capnp --directory-path "disk=$PWD/files" "$listen" --socket-addr "jobs=unix:$JOBS_SOCKET"
