#!/bin/sh
# Rehearses what must work on the worst day: backup, restore elsewhere, move to another database.
# Run where tonghop.toml lies. REHEARSE_URL: an empty PostgreSQL database to move into, if any.
set -eu
tonghop=${TONGHOP:-tonghop}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$tonghop" backup "$place/kept"
there() {
  env TONGHOP_HOME="$place/there" TONGHOP_DATABASE_URL="sqlite:///$place/there.sqlite" \
    TONGHOP_ARCHIVE_URL="$place/there/archive" "$@"
}
there "$tonghop" restore "$place/kept"
"$tonghop" status >"$place/here.txt"
there "$tonghop" status >"$place/there.txt"
cmp "$place/here.txt" "$place/there.txt"
if [ -n "${REHEARSE_URL:-}" ]; then
  there "$tonghop" migrate-to "$REHEARSE_URL"
  env TONGHOP_HOME="$place/there" TONGHOP_DATABASE_URL="$REHEARSE_URL" "$tonghop" status >"$place/moved.txt"
  cmp "$place/here.txt" "$place/moved.txt"
fi
echo "rehearsed: backup, restore${REHEARSE_URL:+, migrate-to}" >&2
