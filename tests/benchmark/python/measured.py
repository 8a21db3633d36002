#!/usr/bin/env python3
"""Runs a command and writes a JSON line to FILE: wall and CPU seconds of the whole process, its
peak resident memory, and what it printed where that was JSON.

    measured.py FILE COMMAND…"""
import json
import os
import subprocess
import sys
import time


def main():
    path, command = sys.argv[1], sys.argv[2:]
    before = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    printed = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - before
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"Failed: {' '.join(command)}")
    try:
        printed = json.loads(printed)
    except json.JSONDecodeError:
        pass
    with open(path, "a", encoding="utf-8") as out:
        out.write(json.dumps({"process_wall_s": wall, "process_cpu_s": used.ru_utime + used.ru_stime,
                              "process_peak_rss_mib": used.ru_maxrss / 1024,
                              "printed": printed}) + "\n")


if __name__ == "__main__":
    main()
