#!/usr/bin/env python3
"""Compares two files of edge scores; fails where they differ by more than float32 explains.

The difference is taken relative to the largest score: a small score is a sum of large terms that
cancel."""
import argparse
import json


def read_scores(path):
    with open(path, encoding="utf-8") as file:
        return {(edge["source"], edge["target"]): edge["score"] for edge in json.load(file)["edges"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("ours")
    parser.add_argument("theirs")
    parser.add_argument("--tolerance", type=float, default=1e-4)
    options = parser.parse_args()
    ours, theirs = read_scores(options.ours), read_scores(options.theirs)
    if ours.keys() != theirs.keys():
        raise SystemExit(f"Not the same edges: {len(ours)} and {len(theirs)}, "
                         f"{len(ours.keys() ^ theirs.keys())} of them in one file only.")
    largest = max(map(abs, theirs.values()))
    difference = max(abs(ours[edge] - theirs[edge]) for edge in ours) / largest
    print(json.dumps({"edges": len(ours), "largest_score": largest,
                      "largest_relative_difference": difference}))
    if not difference <= options.tolerance:
        raise SystemExit("The scores differ.")


if __name__ == "__main__":
    main()
