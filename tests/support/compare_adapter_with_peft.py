#!/usr/bin/env python3
"""Compares an adapter that Circuitloom exported, on its base model, with the whole tuned model.

    pip install torch transformers peft
    python3 tests/support/compare_adapter_with_peft.py BASE ADAPTER WHOLE

BASE is the untouched model (`circuitloom-cli models export MODEL -o BASE`), ADAPTER what
`models export FILE.loom --run R --adapter -o ADAPTER` wrote, WHOLE the same without --adapter. peft
loads the adapter onto the base; the logits of a few random texts are compared in float32. Prints the
largest difference and fails where it is more than a thousandth of what the adapter changes.
"""

import sys

import peft
import torch
import transformers


def load(directory):
    return transformers.AutoModelForCausalLM.from_pretrained(
        directory, dtype=torch.float32, attn_implementation="eager").eval()


def main():
    base, adapter, whole = sys.argv[1:4]
    merged, untouched = load(whole), load(base)
    torch.manual_seed(1)
    ids = torch.randint(0, merged.config.vocab_size, (4, 24))
    with torch.no_grad():
        expected, before = merged(ids).logits, untouched(ids).logits
        adapted = peft.PeftModel.from_pretrained(untouched, adapter).eval()
        found = adapted(ids).logits
    difference = (found - expected).abs().max().item()
    change = (before - expected).abs().max().item()
    print(f"largest difference {difference:.2e} of logits up to {expected.abs().max().item():.1f}, "
          f"which the adapter changes by up to {change:.2e}")
    return 0 if difference < 1e-3 * change else 1


if __name__ == "__main__":
    sys.exit(main())
