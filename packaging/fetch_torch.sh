#!/usr/bin/env bash
# fetch_torch.sh [WHEELS]: fetches LibTorch with CUDA, as PyPI's wheels hold it, into a cache outside
# the source tree, and prints the folder with its lib and include. WHEELS is a list like
# torch-wheels.txt beside this script, which is taken where none is given. What was downloaded once
# is not downloaded again, and a download that was interrupted goes on where it stopped.
set -euo pipefail

wheels=$(realpath "${1:-$(dirname "${BASH_SOURCE[0]}")/torch-wheels.txt}")
cache=${CIRCUITLOOM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/circuitloom}/torch
# Another list is another folder: an update never mixes two LibTorches.
folder=$cache/$(sha256sum "$wheels" | cut -c 1-16)

say() { printf 'fetch_torch: %s\n' "$*" >&2; }

give_up() {
    say "$*"
    exit 3
}

size_of() { stat --format %s "$1" 2>/dev/null || echo 0; }

gigabytes() { awk -v bytes="$1" 'BEGIN { printf "%.2f GB", bytes / 1e9 }'; }

entries() { grep -v -e '^#' -e '^$' "$wheels"; }

# What is still to come, in bytes.
missing() {
    local sum size address bytes=0
    while read -r sum size address; do
        local name=${address##*/}
        [ -f "$folder/$name" ] || bytes=$((bytes + size - $(size_of "$folder/$name.part")))
    done < <(entries)
    printf '%s\n' "$bytes"
}

download() { # SUM SIZE ADDRESS
    local name=${3##*/} part
    part=$folder/$name.part
    [ ! -f "$folder/$name" ] || return 0
    if [ "$(size_of "$part")" -lt "$2" ]; then
        say "$name ($(gigabytes "$2"))"
        curl --fail --location --silent --show-error --retry 5 --retry-delay 2 \
            --continue-at - --output "$part" "$3" >&2 \
            || give_up "PyPI does not give $name; started again, the download goes on where it stopped"
    fi
    if ! printf '%s  %s\n' "$1" "$part" | sha256sum --check --status; then
        rm -f "$part"
        give_up "$name arrived damaged and was removed; start again to download it anew"
    fi
    mv "$part" "$folder/$name"
}

unpack() {
    local sum size address
    rm -rf "$folder/unpacking"
    mkdir "$folder/unpacking"
    say "Unpacking"
    while read -r sum size address; do
        python3 -m zipfile -e "$folder/${address##*/}" "$folder/unpacking"
    done < <(entries)
    # The last step is a rename: nobody ever sees half a LibTorch.
    mv "$folder/unpacking" "$folder/site-packages"
    rm -f "$folder"/*.whl
}

if [ ! -d "$folder/site-packages" ]; then
    [ "$(uname -m)" = x86_64 ] || [ $# -gt 0 ] \
        || give_up "these wheels are for x86-64, and this is $(uname -m); name a LibTorch of your own in CIRCUITLOOM_TORCH"
    mkdir -p "$folder"
    # Two at once would write into the same files.
    exec 9>"$folder/lock"
    flock --nonblock 9 || { say "Another fetch_torch.sh is at it; waiting"; flock 9; }
fi
if [ ! -d "$folder/site-packages" ]; then
    bytes=$(missing)
    # Unpacked, the libraries are about twice as large as their wheels.
    whole=$(entries | awk '{ sum += $2 } END { printf "%.0f", sum }')
    needed=$((bytes + 2 * whole))
    free=$(df --output=avail -B1 "$folder" | tail -n 1)
    [ "$free" -ge "$needed" ] \
        || give_up "$folder needs $(gigabytes "$needed") of room and has $(gigabytes "$free"); set CIRCUITLOOM_CACHE to a folder with more"
    say "LibTorch with CUDA from PyPI: $(gigabytes "$bytes") to download (of $(gigabytes "$whole")), into $folder"
    while read -r sum size address; do
        download "$sum" "$size" "$address"
    done < <(entries)
    unpack
fi
printf '%s\n' "$folder/site-packages/torch"
