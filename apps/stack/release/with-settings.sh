#!/bin/sh
# Runs a command with the settings and the secrets of the service: with-settings.sh npx -y pnpm@12 db:migrate
set -eu
folder=${SETTINGS_DIR:-/etc/shiming}
while IFS= read -r line || [ -n "$line" ]; do
  case $line in
    [A-Z]*=*)
      value=${line#*=}
      value=${value#\"}
      export "${line%%=*}=${value%\"}"
      ;;
  esac
done < "$folder/settings.env"
for file in "$folder"/secrets/*; do
  [ -f "$file" ] || continue
  value=$(cat "$file")
  export "$(basename "$file")=$value"
done
exec "$@"
