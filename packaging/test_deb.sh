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

apt-get -q install -y --no-install-recommends xvfb >>"$work/apt.log" 2>&1 \
    || say "Xvfb cannot be installed here, so only the window without a display is tried"
cp "$(dirname "${BASH_SOURCE[0]}")/try_programs.sh" "$work/"
# As a file manager calls the thumbnailer.
exec_line=$(sed -n 's/^Exec=//p' /usr/share/thumbnailers/circuitloom.thumbnailer)
as_user env THUMBNAILER="$exec_line" "$work/try_programs.sh" circuitloom circuitloom-cli \
    || fail "the programs"

apt-get -q purge -y circuitloom >>"$work/apt.log" 2>&1 || fail "apt-get purge"
left=$(find /usr /etc /var/lib /var/cache -iname '*circuitloom*' 2>/dev/null || true)
[ -z "$left" ] || fail "what removing it left behind: $left"
say "removed without a trace"
