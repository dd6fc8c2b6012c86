#!/bin/sh
# Puts Debian's Chromium on the machine for tests/browser, where it is missing and may be.
# Without it those tests are skipped, saying so; with CI=true they fail.
set -u

for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -n "${MAAVI_CHROMIUM:-}" ] && [ -x "$MAAVI_CHROMIUM" ] && exit 0

say() { echo "tests/install-chromium.sh: $*" >&2; }

if ! command -v apt-get >/dev/null 2>&1; then
    say "no Chromium, and no apt-get to install it with. Install Chromium or Chrome, or set" \
        "MAAVI_CHROMIUM to its path; until then the browser tests are skipped."
    exit 0
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    say "no Chromium. Run 'sudo apt-get install chromium'; until then the browser tests are skipped."
    exit 0
fi

say "installing chromium with apt-get …"
# shellcheck disable=SC2086 # $as_root is one word or two, on purpose
if ! { $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq \
    && $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends chromium; } >/dev/null; then
    say "apt-get could not install chromium; the browser tests are skipped."
fi
exit 0
