#!/bin/sh
# Print the path of an nginx for the deployment's test: $NGINX, the system's, or Debian's package
# when root. Prints nothing where there is none: the test then says that it was left out.
set -eu

installed() {
    for name in nginx /usr/sbin/nginx; do
        command -v "$name" && return
    done
    return 1
}
if [ -n "${NGINX:-}" ]; then
    echo "$NGINX"
elif ! installed && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light >&2
    installed
fi
