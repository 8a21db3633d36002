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

# Where something says what Qt shows windows on, Qt is asked. It can paint off the screen; where it
# cannot connect, it says so itself and ends by abort().
tell "the environment's platform" 1 env QT_QPA_PLATFORM=offscreen CIRCUITLOOM_OPENGL=off \
    "$program" --check-opengl
[ "$errors" != "$refused" ] || wrong "QT_QPA_PLATFORM is not heeded"
for option in -platform --platform; do
    tell "the platform $option" 1 env CIRCUITLOOM_OPENGL=off \
        "$program" --check-opengl "$option" offscreen
    [ "$errors" != "$refused" ] || wrong "$option is not heeded"
done
for variable in DISPLAY=:987654 WAYLAND_DISPLAY=nowhere XDG_SESSION_TYPE=wayland; do
    tell "$variable" 134 bash -c 'ulimit -c 0; "$@"' abort env "$variable" XDG_RUNTIME_DIR="$home" \
        "$program"
    [ "$errors" != "$refused" ] || wrong "$variable is not heeded"
done
