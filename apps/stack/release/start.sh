#!/bin/sh
# Starts one process: HTTP_ADDRESS is where the proxy finds it, JOBS_SOCKET the socket that the timer calls. Secrets are files
# named as the settings, in SECRETS_DIR or where systemd puts credentials.
set -eu
cd "$(dirname "$0")"
for file in "${SECRETS_DIR:-${CREDENTIALS_DIRECTORY:-/nowhere}}"/*; do
  [ -f "$file" ] || continue
  name=$(basename "$file")
  value=$(cat "$file")
  export "${name#secrets_}=$value"
done
# One that was left behind keeps workerd from listening.
rm -f "$JOBS_SOCKET"
exec ./workerd serve config.capnp --directory-path "disk=$PWD/files" \
  --socket-addr "http=$HTTP_ADDRESS" --socket-addr "jobs=unix:$JOBS_SOCKET"
