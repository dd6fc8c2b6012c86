#!/bin/sh
# Puts Debian's PostgreSQL on the machine for the tests of the database, where it is missing and
# may be. Without it those tests are skipped, saying so; with CI=true they fail.
# The tests start their own server on loopback, in a folder of their own.
set -u

command -v initdb >/dev/null 2>&1 && exit 0
for folder in /usr/lib/postgresql/*/bin; do
    [ -x "$folder/initdb" ] && exit 0
done

say() { echo "tests/install-postgresql.sh: $*" >&2; }

if ! command -v apt-get >/dev/null 2>&1; then
    say "no PostgreSQL, and no apt-get to install it with. Install PostgreSQL so that initdb is on" \
        "the path; until then its tests are skipped."
    exit 0
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    say "no PostgreSQL. Run 'sudo apt-get install postgresql'; until then its tests are skipped."
    exit 0
fi

say "installing postgresql with apt-get …"
# No cluster of the package's own: the tests make theirs and take it away again.
# shellcheck disable=SC2086 # $as_root is one word or two, on purpose
if ! { $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq \
    && $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends postgresql-common \
    && $as_root sh -c "mkdir -p /etc/postgresql-common && echo create_main_cluster = false > /etc/postgresql-common/createcluster.conf" \
    && $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends postgresql; } >/dev/null; then
    say "apt-get could not install postgresql; its tests are skipped."
fi
exit 0
