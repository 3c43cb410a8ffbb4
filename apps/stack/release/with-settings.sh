#!/bin/sh
# Runs a command with the settings and the secrets of the service: with-settings.sh npx -y pnpm@12 db:migrate
set -eu
while IFS= read -r line || [ -n "$line" ]; do
  case $line in
    [A-Z]*=*)
      value=${line#*=}
      value=${value#\"}
      export "${line%%=*}=${value%\"}"
      ;;
  esac
done < /etc/shiming/settings.env
for file in /etc/shiming/secrets/*; do
  value=$(cat "$file")
  export "$(basename "$file")=$value"
done
exec "$@"
