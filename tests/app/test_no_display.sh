#!/usr/bin/env bash
# test_no_display.sh PROGRAM SAMPLE: what the window's program does where there is no display.
set -euo pipefail
program=$1 sample=$2
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache
unset DISPLAY WAYLAND_DISPLAY WAYLAND_SOCKET XDG_SESSION_TYPE QT_QPA_PLATFORM

wrong() { echo "test_no_display: $*"; exit 1; }

# tell WHAT STATUS COMMAND...: the command ends so, and its standard error is in $errors.
tell() {
    local what=$1 wanted=$2 status=0
    shift 2
    errors=$("$@" 2>&1 >/dev/null) || status=$?
    [ "$status" = "$wanted" ] || wrong "$what ended with $status instead of $wanted: $errors"
}
refused="circuitloom: there is no display. circuitloom export and circuitloom report need none; \
from your own machine: circuitloom ssh://user@host/path/FILE.loom."

for words in "" "$sample" "--language de" "--check-opengl"; do
    # shellcheck disable=SC2086 # several words
    tell "circuitloom $words" 1 "$program" $words
    [ "$errors" = "$refused" ] || wrong "circuitloom $words said: $errors"
done
tell "an empty DISPLAY" 1 env DISPLAY= WAYLAND_DISPLAY= "$program"
[ "$errors" = "$refused" ] || wrong "with an empty DISPLAY it said: $errors"

# What needs no display works without.
tell "the version" 0 "$program" --version
tell "the help" 0 "$program" --help
tell "a picture" 0 "$program" export "$sample" --run 1 --iteration 0 -o "$home/circuit.svg"
tell "a report" 0 "$program" report "$sample" -o "$home/report.html"

# Nor is there one where what is named does not answer; Qt would end by abort().
needs_none="${refused#circuitloom: there is no display.}"
silent() {
    local what=$1 sentence=$2
    shift 2
    tell "$what" 1 env XDG_RUNTIME_DIR="$home" "$@"
    [ "$errors" = "circuitloom: $sentence$needs_none" ] || wrong "$what said: $errors"
}
no_x11="the display :987654 does not answer, or does not let this user in."
silent "no X server" "$no_x11" DISPLAY=:987654 "$program" "$sample"
silent "no X server for a check" "$no_x11" DISPLAY=:987654 "$program" --check-opengl
silent "no X server of an option" "$no_x11" "$program" -display :987654
silent "no X server of a platform" "$no_x11" DISPLAY=:987654 QT_QPA_PLATFORM=xcb "$program"
silent "neither" "$no_x11" DISPLAY=:987654 WAYLAND_DISPLAY=nowhere "$program"
no_wayland="no Wayland display answers."
silent "no Wayland" "$no_wayland" WAYLAND_DISPLAY=nowhere "$program"
silent "no Wayland of its usual name" "$no_wayland" XDG_SESSION_TYPE=wayland "$program"
silent "no display for xcb" "there is no display." QT_QPA_PLATFORM=xcb "$program"

# A server that lets only who has its key in.
if command -v Xvfb >/dev/null && command -v xauth >/dev/null; then
    key=$home/key
    xauth -f "$key" add :0 . "$(printf '%032d' 7)" 2>/dev/null
    Xvfb -displayfd 3 -noreset -nolisten tcp -auth "$key" 3>"$home/number" >"$home/log" 2>&1 &
    server=$!
    trap 'kill "$server"; wait "$server" || true; rm -rf "$home"' EXIT
    until [ -s "$home/number" ]; do
        kill -0 "$server" 2>/dev/null || wrong "Xvfb did not start: $(cat "$home/log")"
        sleep 0.1
    done
    display=:$(cat "$home/number")
    xauth -f "$home/own" add "$display" . "$(printf '%032d' 7)" 2>/dev/null
    tell "a server's key" 1 env DISPLAY="$display" XAUTHORITY="$home/none" "$program"
    wanted="the display $display does not answer, or does not let this user in.$needs_none"
    # The lines before are the server's own.
    [ "${errors##*$'\n'}" = "circuitloom: $wanted" ] || wrong "without its key: $errors"
    tell "a server that answers" 1 env XDG_RUNTIME_DIR="$home" DISPLAY="$display" XAUTHORITY="$home/own" \
        CIRCUITLOOM_OPENGL=off "$program" --check-opengl # which says 1 of what the processor paints
    [ -z "$errors" ] || wrong "a server that answers is not asked: $errors"
fi

# Where something says what Qt shows windows on, Qt is asked. It can paint off the screen.
tell "the environment's platform" 1 env QT_QPA_PLATFORM=offscreen CIRCUITLOOM_OPENGL=off \
    "$program" --check-opengl
[ "$errors" != "$refused" ] || wrong "QT_QPA_PLATFORM is not heeded"
for option in -platform --platform; do
    tell "the platform $option" 1 env CIRCUITLOOM_OPENGL=off \
        "$program" --check-opengl "$option" offscreen
    [ "$errors" != "$refused" ] || wrong "$option is not heeded"
done

# A misspelt option is no reason to open a window without it.
tell "a misspelt option" 1 env QT_QPA_PLATFORM=offscreen timeout 60 "$program" --languge de
[ "${errors##*$'\n'}" = "circuitloom: The window has no option --languge; the nearest is --language." ] \
    || wrong "a misspelt option: $errors"
