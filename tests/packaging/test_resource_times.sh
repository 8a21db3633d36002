#!/usr/bin/env bash
# test_resource_times.sh BUILD: what the build made of the resources holds no times of files, by which two
# builds of the same sources would differ. Only rcc's first format has none.
set -euo pipefail
build=$1
fail() { echo "test_resource_times: $*" >&2; exit 1; }

# Qt 6.8 makes files beside them that only keep the resources from being left out.
mapfile -t made < <(find "$build" -name 'qrc_*.cpp' -exec grep -l qt_resource_data {} +)
[ "${#made[@]}" -ge 2 ] || fail "there are no resources in $build"
for one in "${made[@]}"; do
    versions=$(sed -n 's/^ *int version = \([0-9]*\);$/\1/p' "$one" | sort -u)
    [ "$versions" = 1 ] || fail "$one is of format ${versions:-unknown}, which holds times"
done
