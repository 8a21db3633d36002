#!/usr/bin/env bash
# test_install.sh BUILD CMAKE: installs what BUILD holds into an empty folder, and runs it from there,
# where programs and modules no longer lie in one folder.
set -euo pipefail
build=$1 cmake=$2
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
export QT_QPA_PLATFORM=offscreen
fail() { echo "test_install: $*" >&2; exit 1; }

DESTDIR='' "$cmake" --install "$build" --prefix "$prefix" >"$prefix/log" || fail "$(tail "$prefix/log")"
"$prefix/bin/circuitloom-cli" --version >/dev/null || fail "circuitloom-cli does not start"
"$prefix/bin/circuitloom-cli" devices >/dev/null || fail "circuitloom-cli does not find its engine"
programs=circuitloom-cli
if [ -e "$prefix/bin/circuitloom" ]; then
    programs="circuitloom circuitloom-cli"
    cp "$(dirname "$0")/../../resources/samples/sv-disagreement.loom" "$prefix/sample.loom"
    chmod u+w "$prefix/sample.loom"
    "$prefix/bin/circuitloom" export "$prefix/sample.loom" --run 1 --range 0:2 --seconds 0.2 \
        --size 320x240 -o "$prefix/film.mp4" 2>"$prefix/log" || fail "$(cat "$prefix/log")"
    grep -q 'Exec=circuitloom' "$prefix/share/applications/circuitloom.desktop"
    grep -q 'LOOM' "$prefix/share/mime/packages/circuitloom.xml"
    # What is not installed here is not asked.
    if command -v desktop-file-validate >/dev/null; then
        desktop-file-validate "$prefix/share/applications/circuitloom.desktop"
    fi
    if command -v appstreamcli >/dev/null; then
        appstreamcli validate --no-net "$prefix"/share/metainfo/*.xml || fail "the metainfo"
    fi
    # The thumbnail has the size that was asked for: bytes 16 to 23 of a PNG.
    line=$(sed -n 's/^Exec=circuitloom //p' "$prefix/share/thumbnailers/circuitloom.thumbnailer")
    line=${line//%i/$prefix/sample.loom}
    line=${line//%o/$prefix/thumbnail.png}
    eval "$prefix/bin/circuitloom ${line//%s/128}" || fail "the thumbnail"
    size=$(od -An -tx1 -j16 -N8 "$prefix/thumbnail.png" | tr -d ' \n')
    [ "$size" = 0000008000000080 ] || fail "the thumbnail has the size $size"
fi
for program in $programs; do
    [ -s "$prefix/share/man/man1/$program.1.gz" ] || fail "there is no manual page of $program"
    bash -n "$prefix/share/bash-completion/completions/$program" || fail "bash completion"
    for file in "$prefix"/share/zsh/*/_"$program" "$prefix"/share/fish/*/"$program.fish"; do
        [ -s "$file" ] || fail "$file is missing or empty"
    done
done
# Without its engine, the program says where it looked.
rm "$prefix/lib/circuitloom/circuitloom-cli-engine"
said=$("$prefix/bin/circuitloom-cli" devices 2>&1) && fail "it computes without its engine"
[[ $said == *"$prefix/lib/circuitloom"* ]] || fail "it does not say where it looked: $said"
