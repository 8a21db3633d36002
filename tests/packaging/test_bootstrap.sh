#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2317 # stand-ins expand later; conditions are called by name
# test_bootstrap.sh BOOTSTRAP: what bootstrap.sh asks of dpkg, apt, CMake and ctest, all of which
# are replaced by stand-ins that write down how they were called.
set -uo pipefail
script=$1
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/packaging" "$tree/bin" "$tree/tests/support"
cp "$script" "$tree/packaging/bootstrap.sh"
touch -d '1 hour ago' "$tree/CMakePresets.json"
calls=$tree/calls
failures=0

stand_in() { # NAME BODY
    printf '#!/bin/bash\nprintf "%%s\\n" "%s $*" >>"%s"\n%s\n' "$1" "$calls" "$2" >"$tree/bin/$1"
    chmod +x "$tree/bin/$1"
}
stand_in dpkg-query 'grep -qx "${*: -1}" "$MISSING" && exit 1; echo installed'
stand_in apt-get 'exit "${APT_STATUS:-0}"'
stand_in sudo 'exec "$@"'
stand_in cmake 'case $* in
    *--preset*) mkdir -p "build/$2" && touch "build/$2/build.ninja" && echo "CIRCUITLOOM_TORCH:PATH=${3#*=}" >"build/$2/CMakeCache.txt" ;;
    *--build*) exit "${BUILD_STATUS:-0}" ;;
esac'
cat >"$tree/packaging/fetch_torch.sh" <<'END'
echo "fetch_torch" >>"$CALLS"
[ "${PYPI:-up}" = up ] && echo /cache/torch
END
stand_in ctest 'echo "100% tests passed, 0 tests failed out of 1"; exit "${CTEST_STATUS:-0}"'

cat >"$tree/tests/support/fetch_smollm2.sh" <<'END'
[ "${PYPI:-up}" = up ] && echo /cache/model.gguf
END

export CALLS=$calls MISSING=$tree/missing PATH=$tree/bin:$PATH
call() { # runs bootstrap.sh; leaves its status, output and calls
    : >"$calls"
    output=$(env -u DISPLAY -u WAYLAND_DISPLAY "$tree/packaging/bootstrap.sh" "$@" 2>&1 </dev/null)
    status=$?
}
check() { # WHAT CONDITION…
    local what=$1
    shift
    if ! "$@"; then
        printf 'FAILED: %s\nstatus %s, output:\n%s\ncalls:\n%s\n' \
            "$what" "$status" "$output" "$(cat "$calls")"
        failures=$((failures + 1))
    fi
}
called() { grep -q -- "$1" "$calls"; }
not_called() { ! grep -q -- "$1" "$calls"; }
ended_with() { [ "$status" -eq "$1" ]; }
said() { grep -q -- "$1" <<<"$output"; }
last_line_is() { grep -q -- "$1" <<<"$(tail -n 1 <<<"$output")"; }

printf 'libtorch-dev\nninja-build\n' >"$MISSING"
call test
check "a first call succeeds" ended_with 0
check "it says what it installs" said 'ninja-build libtorch-dev'
check "it brings the lists up to date" called '^apt-get .*update'
check "it installs what is missing and nothing else" \
    called '^apt-get .*install -y --no-install-recommends ninja-build libtorch-dev$'
check "it fetches the tests' model and says where it is" said 'It is /cache/model.gguf'
check "it configures" called '^cmake --preset release'
check "it builds everything" called '^cmake --build build/release .*--target all$'
check "it ends with ctest's summary" last_line_is '100% tests passed'

: >"$MISSING"
call test
check "a second call succeeds" ended_with 0
check "it leaves apt alone" not_called '^apt-get'
check "it does not configure again" not_called '^cmake --preset'
check "it tests again" called '^ctest'

PYPI=down call test
check "without PyPI it tests as well" ended_with 0
check "it says that PyPI did not answer" said 'PyPI does not give it, so the tests that need it skip'

CTEST_STATUS=8 call test
check "a failed test's exit code is passed on" ended_with 8
check "a failed test has its sentence" last_line_is '^bootstrap: testing failed: '

BUILD_STATUS=1 call test
check "a failed build's exit code is passed on" ended_with 1
check "a failed build has its sentence" last_line_is '^bootstrap: building failed: .*build/logs/build.log'
check "nothing is tested then" not_called '^ctest'

echo cmake >"$MISSING"
APT_STATUS=100 call run
check "a failed installation's exit code is passed on" ended_with 100
check "a failed installation has its sentence" last_line_is '^bootstrap: updating the package lists failed'
check "nothing is built then" not_called '^cmake'

: >"$MISSING"
call test --gpu
check "with a GPU's LibTorch it succeeds" ended_with 0
check "it fetches LibTorch" called '^fetch_torch$'
check "it configures a build of its own against it" called '^cmake --preset gpu -DCIRCUITLOOM_TORCH=/cache/torch'
check "it builds there" called '^cmake --build build/gpu .*--target all$'
check "it tests there" called '^ctest --preset gpu'

call test --gpu
check "it does not configure the same again" not_called '^cmake --preset'

mkdir "$tree/own"
CIRCUITLOOM_TORCH=$tree/own call test --gpu
check "a LibTorch that is there is taken" called "^cmake --preset gpu -DCIRCUITLOOM_TORCH=$tree/own"
check "nothing is fetched then" not_called '^fetch_torch$'

printf 'libtorch-dev\nlibopenblas0-openmp\n' >"$MISSING"
call test --gpu
check "Debian's LibTorch is not installed for it" not_called '^apt-get'

PYPI=down call test --gpu
check "without PyPI it ends with a sentence" last_line_is '^bootstrap: fetching LibTorch failed: '
check "nothing is built then" not_called '^cmake'

call test --cpu
check "another option is refused" ended_with 2

call
check "without a word it explains itself" ended_with 2
check "usage is shown" said '^usage: '

exit "$((failures > 0))"
