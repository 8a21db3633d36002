#!/usr/bin/env python3
"""Changes important lines one at a time, and asks the tests whether they notice.

    tests/mutations/check.py build/release [NAME ...]

For every change of lines.toml (or those named): the text `old`, which must stand once in `file`, becomes
`new`, the test program is built and the cases of its source files `tests` are run. A change that no test
notices is printed, and the exit code is 1. Every file is put back, also where the check is interrupted or
terminated, and the programs are built again in the end.
"""
import pathlib
import signal
import subprocess
import sys
import time
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LONGEST = 900  # seconds; a change that hangs the tests is noticed
PASSED = (0, 77)  # the second: none failed, and one was skipped


def end_in_order(*_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # another one must not stop files being put back
    sys.exit(143)


def build(folder, program):
    return subprocess.run(["cmake", "--build", folder, "--target", program], cwd=ROOT,
                          capture_output=True, text=True)


def tests_pass(folder, change):
    command = [f"{folder}/bin/{change['program']}", "--minimal",
               "--source-file=" + ",".join(f"*{name}.cpp" for name in change["tests"])]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode in PASSED


def verdict_on(folder, change):
    file = ROOT / change["file"]
    original = file.read_text(encoding="utf-8")
    if original.count(change["old"]) != 1:
        return f"cannot be made: its text stands {original.count(change['old'])} times"
    try:
        file.write_text(original.replace(change["old"], change["new"]), encoding="utf-8")
        built = build(folder, change["program"])
        if built.returncode != 0:
            return "cannot be made: it does not compile"
        return "NOT NOTICED" if tests_pass(folder, change) else "noticed"
    finally:
        file.write_text(original, encoding="utf-8")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, end_in_order)
    folder, names = sys.argv[1], set(sys.argv[2:])
    with open(HERE / "lines.toml", "rb") as file:
        changes = tomllib.load(file)["change"]
    known = {change["name"] for change in changes}
    if names - known:
        sys.exit(f"lines.toml has no change {', '.join(sorted(names - known))}.")
    missed = 0
    chosen = [change for change in changes if not names or change["name"] in names]
    for change in {str(change["tests"]): change for change in chosen}.values():
        if not tests_pass(folder, change):  # what fails anyway notices nothing
            sys.exit(f"{', '.join(change['tests'])} of {change['program']} fails as it is.")
    try:
        for change in chosen:
            begun = time.monotonic()
            verdict = verdict_on(folder, change)
            missed += verdict != "noticed"
            print(f"{verdict:12} {time.monotonic() - begun:5.0f} s  {change['name']}: {change['what']}",
                  flush=True)
    finally:
        for program in sorted({change["program"] for change in changes}):
            build(folder, program)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
