#!/usr/bin/env python3
"""Prints the table of compare_with_python.sh from its results: medians over the rounds, ratios
taken round by round."""
import json
import pathlib
import statistics
import sys


def read(results, model, what):
    """The rounds' outcomes; empty where that was not run."""
    path = results / f"{model}.{what}.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def printed(key):
    return lambda run: run["printed"].get(key)


def our_discover_ms(run):
    # The scoring alone; the whole process where the program does not say.
    return 1000 * run["printed"].get("seconds", run["process_wall_s"])


def process_peak(run):
    return run["process_peak_rss_mib"]


# What is divided by what: name, (results, figure), (results, figure), unit, what is wanted.
ROWS = [
    ("tuning step, k = 1 / our plain step", ("our-steps", printed("tuning_step_ms")),
     ("our-steps", printed("plain_step_ms")), "ms", "≤ 1.3"),
    ("tuning step, k = 8 / our plain step", ("our-steps", printed("tuning_step_k8_ms")),
     ("our-steps", printed("plain_step_ms")), "ms", "≤ 0.95"),
    ("our plain step / PyTorch, eager attention", ("our-steps", printed("plain_step_ms")),
     ("step-eager", printed("wall_ms")), "ms", "≤ 1"),
    ("our plain step / PyTorch, sdpa attention", ("our-steps", printed("plain_step_ms")),
     ("step-sdpa", printed("wall_ms")), "ms", ""),
    ("PyTorch's discovery / ours", ("discover", printed("wall_ms")),
     ("our-discover", our_discover_ms), "ms", "≥ 3"),
    ("our discovery's peak memory / PyTorch's", ("our-discover", process_peak),
     ("discover", printed("peak_rss_mib")), "MiB", "≤ 0.25"),
    ("PyTorch's lean discovery / ours", ("discover-lean", printed("wall_ms")),
     ("our-discover", our_discover_ms), "ms", ""),
    ("our discovery's peak memory / PyTorch's lean", ("our-discover", process_peak),
     ("discover-lean", printed("peak_rss_mib")), "MiB", ""),
]


def main():
    results = pathlib.Path(sys.argv[1])
    for model in sys.argv[2:]:
        scores = json.loads((results / f"{model}.scores.json").read_text(encoding="utf-8"))
        rounds = read(results, model, "our-steps")
        threads = read(results, model, "step-eager")[0]["printed"]["threads"]
        print(f"\n{model}: {len(rounds)} rounds, {threads} threads; {scores['edges']} edges, scores "
              f"differ by {scores['largest_relative_difference']:.1e} of the largest\n")
        print("| ratio | | | median | least to most | wanted |\n|---|---|---|---|---|---|")
        for name, (above, above_of), (below, below_of), unit, wanted in ROWS:
            pairs = [(above_of(a), below_of(b))
                     for a, b in zip(read(results, model, above), read(results, model, below))]
            if not pairs or None in pairs[0]:
                continue
            ratios = [a / b for a, b in pairs]
            a, b = (statistics.median(values) for values in zip(*pairs))
            print(f"| {name} | {a:.0f} {unit} | {b:.0f} {unit} | {statistics.median(ratios):.2f} "
                  f"| {min(ratios):.2f} to {max(ratios):.2f} | {wanted} |")


if __name__ == "__main__":
    main()
