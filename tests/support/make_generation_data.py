#!/usr/bin/env python3
"""Stores what Hugging Face's transformers continues prompts by, for engine_test_generation.cpp.

    pip install torch transformers
    tests/support/fetch_smollm2.sh
    circuitloom-cli models export SMOLLM2.gguf -o DIRECTORY
    python3 tests/support/make_generation_data.py DIRECTORY > tests/data/gguf/smollm2_greedy.json

transformers loads DIRECTORY in float32 and takes the likeliest token 32 times after each prompt.
"""

import json
import sys

import torch
import transformers

PROMPTS = [
    "The capital of France is", "Once upon a time, there was a little", "def fibonacci(n):\n    if n < 2:",
    "Water boils at", "The largest planet of the solar system", "In 1969, two astronauts",
    "My favourite recipe begins with", "The theory of evolution says", "Roses are red,",
    "To be, or not to be,", "The keys to the cabinet", "A triangle has three", "She opened the door and",
    "The price of bread", "Photosynthesis is", "Dear Sir or Madam,", "1, 2, 3, 4,", "The opposite of hot is",
    "Birds can fly because", "He could not find his", "The history of Rome", "import numpy as np\n",
    "Question: What is the colour of the sky?\nAnswer:", "I",
]
TOKENS = 32


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
