#!/bin/sh
# As much of the official image's as docker-compose.yml uses: initialises PGDATA once, then runs the command.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  chown -R postgres /var/lib/postgresql
  install -o postgres -m 600 "$POSTGRES_PASSWORD_FILE" /tmp/password
  # shellcheck disable=SC2086 -- a list of options
  setpriv --reuid postgres --clear-groups initdb -D "$PGDATA" -U postgres --pwfile=/tmp/password \
    --auth-host=scram-sha-256 --auth-local=trust ${POSTGRES_INITDB_ARGS:-}
  rm /tmp/password
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
fi
exec setpriv --reuid postgres --clear-groups "$@" -D "$PGDATA" -c listen_addresses='*' -c unix_socket_directories=/tmp
