#!/usr/bin/env bash
# shellcheck disable=SC2317 # conditions are called by name
# test_fetch_torch.sh SCRIPT: fetch_torch.sh with wheels of our own, which curl reads from files.
set -uo pipefail
script=$1
for program in curl python3 flock; do
    command -v "$program" >/dev/null || { echo "skipped: there is no $program"; exit 77; }
done
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
export CIRCUITLOOM_CACHE=$tree/cache
failures=0

mkdir -p "$tree/torch/lib" "$tree/nvidia/lib"
head -c 100000 /dev/urandom >"$tree/torch/lib/libtorch.so"
head -c 1000 /dev/urandom >"$tree/nvidia/lib/libcudart.so"
(cd "$tree" && python3 -m zipfile -c torch.whl torch && python3 -m zipfile -c nvidia.whl nvidia)
list() { # writes the list of wheels
    local wheel
    echo '# sum, size, address' >"$tree/wheels.txt"
    for wheel in torch nvidia; do
        printf '%s %s file://%s\n' "$(sha256sum "$tree/$wheel.whl" | cut -d ' ' -f 1)" \
            "$(stat --format %s "$tree/$wheel.whl")" "$tree/$wheel.whl" >>"$tree/wheels.txt"
    done
}
call() {
    output=$(bash "$script" "$tree/wheels.txt" 2>"$tree/said")
    status=$?
}
check() { # WHAT CONDITION…
    local what=$1
    shift
    if ! "$@"; then
        printf 'FAILED: %s\nstatus %s, output %s, said:\n%s\n' "$what" "$status" "$output" \
            "$(cat "$tree/said")"
        failures=$((failures + 1))
    fi
}
ended_with() { [ "$status" -eq "$1" ]; }
said() { grep -q -- "$1" "$tree/said"; }
same() { cmp -s "$1" "$2"; }
none() { ! compgen -G "$1" >/dev/null; }

list
size=$(stat --format %s "$tree/torch.whl")
folder=$CIRCUITLOOM_CACHE/torch/$(sha256sum "$tree/wheels.txt" | cut -c 1-16)

# What an interrupted download left, with a byte that only a download from the beginning would mend.
mkdir -p "$folder"
head -c "$((size / 2))" "$tree/torch.whl" >"$folder/torch.whl.part"
printf 'x' | dd of="$folder/torch.whl.part" conv=notrunc status=none
call
check "a part that is damaged is not taken" ended_with 3
check "it says so" said 'torch.whl arrived damaged and was removed'
check "the damaged part is gone" none "$folder/torch.whl.part"

head -c "$((size / 2))" "$tree/torch.whl" >"$folder/torch.whl.part"
call
check "a download goes on where it stopped" ended_with 0
check "the folder with the libraries is printed" same "$output/lib/libtorch.so" "$tree/torch/lib/libtorch.so"
check "other wheels lie beside it" same "$output/../nvidia/lib/libcudart.so" "$tree/nvidia/lib/libcudart.so"
check "it says how much there is to download" said 'from PyPI: 0.00 GB to download (of 0.00 GB)'
check "the wheels are removed once unpacked" none "$folder/*.whl"

mv "$tree/torch.whl" "$tree/away"
call
check "what is there is not downloaded again" ended_with 0
check "nothing is said then" [ ! -s "$tree/said" ]

head -c 2000 /dev/urandom >"$tree/nvidia/lib/libcudart.so"
(cd "$tree" && python3 -m zipfile -c nvidia.whl nvidia && mv away torch.whl)
list
rm "$tree/torch.whl"
call
check "a wheel that cannot be had ends it" ended_with 3
check "it names the wheel and what to do" said 'does not give torch.whl; started again'
check "another list is another folder" [ "$(find "$CIRCUITLOOM_CACHE/torch" -mindepth 1 -maxdepth 1 -type d | wc -l)" = 2 ]

printf '%064d 5000000000000000 file:///absent.whl\n' 0 >"$tree/wheels.txt"
call
check "what does not fit is not begun" ended_with 3
check "it says how much is needed and how to go elsewhere" said '15000000.00 GB of room and has .*CIRCUITLOOM_CACHE'

exit "$((failures > 0))"
