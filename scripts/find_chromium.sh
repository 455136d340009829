#!/bin/sh
# Print the path of a Chromium for the browser tests: $CHROMIUM, one of the system's, Debian's
# package when root, else Playwright's own build.
set -eu
python=$1

if [ -n "${CHROMIUM:-}" ]; then
    echo "$CHROMIUM"
    exit
fi
installed() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    return 1
}
if installed; then
    exit
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >&2
    installed && exit
fi
if "$python" -m playwright install chromium >&2; then
    "$python" -c 'from playwright.sync_api import sync_playwright as start
with start() as playwright:
    print(playwright.chromium.executable_path)'
else
    echo "No Chromium found; install one with: sudo apt-get install chromium" >&2
    exit 1
fi
