#!/usr/bin/env bash
# Installs a .deb of Circuitloom, uses it as somebody without rights would, and removes it again.
# usage, as root, in a Debian on which nothing depends (a clean root, a container):
#
#   packaging/test_deb.sh circuitloom_VERSION_ARCHITECTURE.deb
#
# Fails at the first thing that does not work. Recommended packages are not installed.
set -euo pipefail
if [ $# -ne 1 ] || [ ! -f "$1" ]; then
    echo "usage: packaging/test_deb.sh FILE.deb" >&2
    exit 2
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "test_deb: this installs a package and must run as root" >&2
    exit 2
fi
deb=$(realpath "$1")
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
work=$(mktemp -d)
chmod 755 "$work"
cp "$deb" "$work/package.deb"
install -d -o nobody "$work/home"
trap 'rm -rf "$work"' EXIT

say() { printf 'test_deb: %s\n' "$*"; }
fail() { say "FAILED: $*" >&2; exit 1; }
# In its own folder, and without root's rights.
as_user() {
    (cd "$work/home" && setpriv --reuid=nobody --regid=nogroup --clear-groups \
        env HOME="$work/home" XDG_RUNTIME_DIR="$work/home" "$@")
}

say "installing"
apt-get -q update >"$work/apt.log" 2>&1 || { cat "$work/apt.log"; fail "apt-get update"; }
apt-get -q install -y --no-install-recommends "$work/package.deb" >>"$work/apt.log" 2>&1 \
    || { tail -n 20 "$work/apt.log"; fail "apt-get install"; }

version=$(dpkg-deb -f "$deb" Version)
[ "$(as_user circuitloom-cli --version)" = "$version" ] || fail "circuitloom-cli is not $version"
[ "$(as_user circuitloom --version)" = "circuitloom $version" ] \
    || fail "circuitloom is not $version"
say "both programs are version $version"

# The package has both manual pages and completions that shells can read.
for program in circuitloom circuitloom-cli; do
    # grep reads to the end, or zcat would be killed by a broken pipe.
    zcat "/usr/share/man/man1/$program.1.gz" | grep "^\.TH .*$version" >/dev/null \
        || fail "the manual page of $program does not name $version"
    bash -n "/usr/share/bash-completion/completions/$program" || fail "completion of $program"
done

as_user circuitloom-cli tune --preset sv-disagreement --set run.steps=6 --no-capabilities \
    -o demo.loom >"$work/tune.log" 2>&1 || { tail "$work/tune.log"; fail "tune"; }
as_user circuitloom-cli runs demo.loom | grep finished >/dev/null || fail "the run did not finish"
say "the demo was tuned: $(as_user circuitloom-cli runs demo.loom | tail -n 1)"

# As a file manager calls the thumbnailer; then what needs FFmpeg and Graphviz.
exec_line=$(sed -n 's/^Exec=//p' /usr/share/thumbnailers/circuitloom.thumbnailer)
exec_line=${exec_line//%i/demo.loom}; exec_line=${exec_line//%o/thumb.png}
as_user touch thumb.png
as_user sh -c "${exec_line//%s/128}" || fail "the thumbnail"
as_user circuitloom export demo.loom --layout dot -o circuit.svg || fail "the layout by Graphviz"
as_user circuitloom export demo.loom -o film.mp4 --seconds 1 2>"$work/film.log" \
    || { cat "$work/film.log"; fail "the film"; }
as_user circuitloom report demo.loom -o report.html 2>"$work/report.log" \
    || { cat "$work/report.log"; fail "the report"; }
for file in thumb.png circuit.svg film.mp4 report.html; do
    [ -s "$work/home/$file" ] || fail "$file is empty"
done
say "thumbnail, picture, film and report were written"

# The window stays up, paints, loads the engine, and ends when it is told to.
window() {
    local pid status=0
    (cd "$work/home" && exec setpriv --reuid=nobody --regid=nogroup --clear-groups \
        env HOME="$work/home" XDG_RUNTIME_DIR="$work/home" "$@" \
        circuitloom --startup-time demo.loom) >"$work/window.log" 2>&1 &
    pid=$!
    for _ in $(seq 60); do
        sleep 0.5
        kill -0 "$pid" 2>/dev/null || { cat "$work/window.log"; fail "the window ended by itself"; }
        grep -qs circuitloom-engine.so "/proc/$pid/maps" && break
    done
    grep -q circuitloom-engine.so "/proc/$pid/maps" || fail "the window did not load its engine"
    grep -q "window painted" "$work/window.log" || fail "the window did not paint"
    sleep 3
    kill -TERM "$pid"
    wait "$pid" || status=$?
    [ "$status" -eq 0 ] || { cat "$work/window.log"; fail "the window ended with $status"; }
}
window QT_QPA_PLATFORM=offscreen
say "the window came up without a display: $(grep painted "$work/window.log")"
if apt-get -q install -y --no-install-recommends xvfb >>"$work/apt.log" 2>&1; then
    display=:97
    Xvfb "$display" -screen 0 1280x800x24 >/dev/null 2>&1 &
    server=$!
    sleep 2
    window DISPLAY="$display" QT_QPA_PLATFORM=xcb
    kill "$server"
    say "the window came up under Xvfb: $(grep painted "$work/window.log")"
else
    say "Xvfb cannot be installed here, so only the window without a display was tried"
fi

apt-get -q purge -y circuitloom >>"$work/apt.log" 2>&1 || fail "apt-get purge"
left=$(find /usr /etc /var/lib /var/cache -iname '*circuitloom*' 2>/dev/null || true)
[ -z "$left" ] || fail "what removing it left behind: $left"
say "removed without a trace"
