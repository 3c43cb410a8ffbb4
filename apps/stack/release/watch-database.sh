#!/bin/sh
# Starts sqld again where it has let nobody write for a minute: concurrent writers have hung it while it went on serving readers. Nothing that
# was acknowledged is lost by that. One that refuses the token, or the question, does not hang.
set -eu
token=$(cat "$CREDENTIALS_DIRECTORY/token")
asks='{"requests":[{"type":"execute","stmt":{"sql":"update __drizzle_migrations set hash = hash where false"}},{"type":"close"}]}'
end=$(($(date +%s) + 60))
while :; do
  status=$(printf 'header = "Authorization: Bearer %s"\n' "$token" |
    curl --config - --silent --output /dev/null --write-out '%{http_code}' --max-time 6 --data "$asks" http://127.0.0.1:8080/v2/pipeline) || status=000
  case $status in
    2??) exit 0 ;;
    # It has no connection to spare at this moment.
    429) ;;
    4??)
      echo "sqld answers $status: is DATABASE_AUTH_TOKEN the one of this database? It is not started again."
      exit 1
      ;;
  esac
  [ "$(date +%s)" -lt "$end" ] || break
  sleep 1
done
systemctl --quiet is-active shiming-database || exit 0
echo 'sqld has let nobody write for a minute: it is started again.'
# Not where somebody has stopped it meanwhile.
systemctl try-restart shiming-database
