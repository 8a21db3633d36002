#!/usr/bin/env python3
"""Compares Circuitloom's logits with those of Hugging Face's transformers on an exported model.

    pip install torch transformers
    python3 tests/support/compare_with_transformers.py DIRECTORY --cli build/release/bin/circuitloom-cli \\
        [--model FILE.gguf]

DIRECTORY is what Circuitloom exported: config.json and model.safetensors. transformers loads it in
float32 and computes the log-probabilities of the next token after a few texts; `circuitloom-cli
logits` computes them from --model (DIRECTORY itself where it is not given) and names the ids.
Prints the largest difference and fails where it is 1e-3 or more.
"""

import argparse
import json
import subprocess
import sys

import torch
import transformers

TEXTS = [
    "The capital of France is",
    "Once upon a time, there was a little",
    "def fibonacci(n):\n    if n < 2:\n        return n\n    return fibonacci(n - 1) +",
    "When Mary and John went to the store, John gave a drink to",
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory")
    parser.add_argument("--cli", required=True)
    parser.add_argument("--model")
    options = parser.parse_args()
    model = transformers.AutoModelForCausalLM.from_pretrained(
        options.directory, dtype=torch.float32, attn_implementation="eager").eval()
    largest = 0.0
    for text in TEXTS:
        output = subprocess.run(
            [options.cli, "logits", options.model or options.directory, "--text", text, "--device", "cpu", "--json"],
            check=True, capture_output=True, text=True).stdout
        ours = json.loads(output)
        with torch.no_grad():
            logits = model(torch.tensor([ours["ids"]])).logits[0, -1].double()
        theirs = torch.log_softmax(logits, -1)
        difference = (torch.tensor(ours["log_probabilities"], dtype=torch.float64) - theirs).abs().max().item()
        largest = max(largest, difference)
        print(f"{difference:.2e}  {text!r}")
    print(f"largest difference {largest:.2e} over {theirs.numel()} tokens and {len(TEXTS)} texts")
    return 0 if largest < 1e-3 else 1


if __name__ == "__main__":
    sys.exit(main())
