#!/usr/bin/env bash
# Uses the two programs as somebody would who has just got them: tunes the demo, makes a thumbnail, a
# picture by Graphviz, a film and a report, and opens the window without a display and, where there
# is Xvfb, with one, until its engine is loaded. Writes into the current folder. usage:
#
#   packaging/try_programs.sh CIRCUITLOOM CIRCUITLOOM-CLI
#
# Each may be several words ("AppRun circuitloom-cli"). THUMBNAILER is the line that a file manager
# calls with %i, %o and %s. Fails at the first thing that does not work.
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: packaging/try_programs.sh CIRCUITLOOM CIRCUITLOOM-CLI" >&2; exit 2; }
read -ra circuitloom <<<"$1"
read -ra cli <<<"$2"
say() { printf 'try_programs: %s\n' "$*"; }
fail() { say "FAILED: $*" >&2; exit 1; }
# quietly WHAT COMMAND…: says what it printed only where it fails.
quietly() {
    local what=$1
    shift
    "$@" >trial.log 2>&1 || { tail -n 20 trial.log; fail "$what"; }
}

version=$("${cli[@]}" --version) || fail "${cli[*]} does not start"
[ "$("${circuitloom[@]}" --version)" = "circuitloom $version" ] || fail "the window is not $version"
rm -f demo.loom thumb.png circuit.svg film.mp4 report.html
quietly "tune" "${cli[@]}" tune --preset sv-disagreement --set run.steps=6 --no-capabilities -o demo.loom
"${cli[@]}" runs demo.loom | grep finished >/dev/null || fail "the run did not finish"
say "the demo was tuned: $("${cli[@]}" runs demo.loom | tail -n 1)"

thumbnailer=${THUMBNAILER:-${circuitloom[*]} export %i -o %o --size %sx%s --force}
thumbnailer=${thumbnailer//%i/demo.loom}
thumbnailer=${thumbnailer//%o/thumb.png}
quietly "the thumbnail" sh -c "${thumbnailer//%s/128}"
quietly "the layout by Graphviz" "${circuitloom[@]}" export demo.loom --layout dot -o circuit.svg
quietly "the film" "${circuitloom[@]}" export demo.loom -o film.mp4 --seconds 1
quietly "the report" "${circuitloom[@]}" report demo.loom -o report.html
for file in thumb.png circuit.svg film.mp4 report.html; do
    [ -s "$file" ] || fail "$file is empty"
done
say "thumbnail, picture, film and report were written"

# The window stays up, paints, loads the engine, and ends when it is told to.
window() {
    local pid status=0
    env "$@" "${circuitloom[@]}" --startup-time demo.loom >window.log 2>&1 &
    pid=$!
    for _ in $(seq 60); do
        sleep 0.5
        kill -0 "$pid" 2>/dev/null || { cat window.log; fail "the window ended by itself"; }
        grep -qs circuitloom-engine.so "/proc/$pid/maps" && break
    done
    grep -q circuitloom-engine.so "/proc/$pid/maps" || fail "the window did not load its engine"
    grep -q "window painted" window.log || fail "the window did not paint"
    sleep 3
    kill -TERM "$pid"
    wait "$pid" || status=$?
    [ "$status" -eq 0 ] || { cat window.log; fail "the window ended with $status"; }
    say "the window came up on $1: $(grep painted window.log)"
}
window QT_QPA_PLATFORM=offscreen
if command -v Xvfb >/dev/null; then
    Xvfb :97 -screen 0 1280x800x24 >/dev/null 2>&1 &
    server=$!
    sleep 2
    window QT_QPA_PLATFORM=xcb DISPLAY=:97
    kill "$server"
fi
