#!/usr/bin/env bash
# Writes the runtime that packaging/appimage.sh puts in front of an AppImage, for x86-64, from what
# Debian has: libappimage's sources carry small AppImages for their tests, and the runtime is what
# comes first in one. It is of 2020, wants libfuse2 where the AppImage is started (or
# --appimage-extract-and-run), and is under the MIT licence.
# usage:
#
#   packaging/appimage_runtime.sh FILE
#
# wants curl, tar and readelf (binutils).
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: packaging/appimage_runtime.sh FILE" >&2; exit 2; }
source=libappimage_1.0.4-5.orig.tar.gz
hash=2c4e18860a790c5959da6eb064cbd07f165fe6a9b15989491a3a3f176d06af31
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

curl --fail --silent --show-error --max-time 300 --output "$folder/$source" \
    "https://deb.debian.org/debian/pool/main/liba/libappimage/$source"
echo "$hash  $folder/$source" | sha256sum --check --quiet
tar -xzf "$folder/$source" -C "$folder" --strip-components=1
image=$folder/tests/data/Echo-x86_64.AppImage

# The program ends with its section headers; the file system follows.
header=$(readelf --file-header "$image")
field() { sed -n "s/^ *$1: *\([0-9]*\).*/\1/p" <<<"$header"; }
head --bytes=$(($(field 'Start of section headers') \
    + $(field 'Number of section headers') * $(field 'Size of section headers'))) "$image" >"$1"
chmod 755 "$1"
