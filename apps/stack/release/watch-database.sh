#!/bin/sh
# Starts sqld again where it has let nobody write for half a minute: concurrent writers have hung it while it went on serving readers. Nothing that
# was acknowledged is lost by that.
set -eu
token=$(cat "$CREDENTIALS_DIRECTORY/token")
asks='{"requests":[{"type":"execute","stmt":{"sql":"update __drizzle_migrations set hash = hash where false"}},{"type":"close"}]}'
for try in 1 2 3 4 5 6; do
  if printf 'header = "Authorization: Bearer %s"\n' "$token" |
    curl --config - --silent --fail --output /dev/null --max-time 6 --data "$asks" http://127.0.0.1:8080/v2/pipeline; then
    exit 0
  fi
  [ "$try" = 6 ] || sleep 6
done
systemctl --quiet is-active shiming-database || exit 0
echo 'sqld has let nobody write for half a minute: it is started again.'
systemctl restart shiming-database
