#!/usr/bin/env python3
"""Stores what Hugging Face's transformers continues prompts by, for engine_test_generation.cpp.

    pip install torch transformers
    tests/support/fetch_smollm2.sh
    circuitloom-cli models export SMOLLM2.gguf -o DIRECTORY
    python3 tests/support/make_generation_data.py DIRECTORY > tests/data/gguf/smollm2_greedy.json

transformers loads DIRECTORY in float32 and takes the likeliest token 16 times after each prompt.
"""

import json
import sys

import torch
import transformers

PROMPTS = [
    "The capital of France is", "Once upon a time, there was a little",
    "def fibonacci(n):\n    if n < 2:", "Water boils at", "In 1969, two astronauts",
    "My favourite recipe begins with", "Dear Sir or Madam,", "I",
]
TOKENS = 16


def main():
    tokenizer = transformers.AutoTokenizer.from_pretrained(sys.argv[1])
    model = transformers.AutoModelForCausalLM.from_pretrained(
        sys.argv[1], dtype=torch.float32, attn_implementation="eager").eval()
    records = []
    for prompt in PROMPTS:
        ids = tokenizer(prompt, return_tensors="pt").input_ids
        with torch.no_grad():
            made = model.generate(ids, max_new_tokens=TOKENS, do_sample=False,
                                  attention_mask=torch.ones_like(ids), pad_token_id=2)
        made = made[0, ids.shape[1]:].tolist()
        if made and made[-1] == model.config.eos_token_id:
            made.pop()
        records.append({"prompt": ids[0].tolist(), "made": made})
    json.dump({"tokens": TOKENS, "texts": records}, sys.stdout)
    print()


if __name__ == "__main__":
    main()
