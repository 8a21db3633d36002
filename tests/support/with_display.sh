#!/usr/bin/env bash
# with_display.sh COMMAND...: runs COMMAND on a virtual display of its own, and ends as it did.
#
# The server itself takes a number that is free, so that two of these never want the same one;
# `xvfb-run -a` looks for one first and then starts, and the one of two that is late fails.
set -euo pipefail
folder=$(mktemp -d)
server=
end() {
    [ -z "$server" ] || { kill "$server" && wait "$server" || true; } 2>/dev/null
    rm -rf "$folder"
}
trap end EXIT
# A server that nobody has asked anything yet may end with its first caller: -noreset keeps it.
Xvfb -displayfd 3 -noreset -nolisten tcp -screen 0 1400x900x24 \
    3>"$folder/number" >"$folder/log" 2>&1 &
server=$!
for _ in $(seq 600); do
    [ -s "$folder/number" ] && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
if ! [ -s "$folder/number" ]; then
    echo "with_display: Xvfb did not start:" >&2
    cat "$folder/log" >&2
    exit 1
fi
unset WAYLAND_DISPLAY XAUTHORITY
status=0
DISPLAY=:$(cat "$folder/number") "$@" || status=$?
exit "$status"
