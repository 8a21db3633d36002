#!/usr/bin/env python3
"""Stores what Hugging Face's transformers continues prompts by, for engine_test_generation.cpp.

    pip install torch transformers
    tests/support/fetch_smollm2.sh
    circuitloom-cli models export SMOLLM2.gguf -o DIRECTORY
    python3 tests/support/make_generation_data.py DIRECTORY > tests/data/gguf/smollm2_greedy.json

transformers loads DIRECTORY in float32 and takes the likeliest token 64 times after each prompt.
"""

import json
import sys

import torch
import transformers

STARTS = [
    ("The capital of {} is", "France Japan Peru Kenya Norway Egypt Canada Vietnam Portugal Chile"),
    ("Once upon a time, there was a little {} who", "fox mouse girl robot king tailor dragon cloud "
     "train baker"),
    ("def {}(values):\n    ", "mean largest reverse count_zeros is_sorted unique total median "
     "second_largest flatten"),
    ("Question: How does a {} work?\nAnswer:", "lens battery piano dam telescope fridge sail "
     "transistor seed vaccine"),
    ("In {}, two", "1492 1776 1848 1905 1945 1969 1989 2001 2010 2020"),
    ("My favourite {} begins with", "recipe song story walk morning poem game film dream speech"),
    ("Dear {},\n\nThank you for", "Anna Madam Professor colleagues Grandmother neighbours Mayor "
     "Editor Peter team"),
    ("The most important thing about {} is", "sleep water trust time music soil money friends maps "
     "numbers"),
    ("<p>{} is a", "Gold Rust Haskell Venus Tokyo Bread Chess Oxygen Opera Rugby"),
    ("Three facts about {}:\n1.", "bees Mars salt glass whales copper bridges ants rice comets"),
    ("{} and I went to the", "Mary Omar Yuki Pedro Ingrid Chen Fatima Lars Ravi Nina"),
    ("{} is not the same as", "Weight Speed Heat Voltage Velocity Knowledge Fear Accuracy Power "
     "Noise"),
    ("To {} a number, first", "square double factor round negate halve divide invert print parse"),
    ("A {} walked into the library and", "lion nurse pirate child ghost judge painter soldier "
     "clown monk"),
    ("The weather in {} today", "London Lagos Lima Oslo Delhi Paris Cairo Seoul Rome Boston"),
    ("{}", "I The Why Import Yes SELECT If # Chapter Yesterday"),
    ("She opened the {} slowly, because", "door letter window box book oven gate drawer map tent"),
    ("int {} = ", "size count index limit width depth total first answer offset"),
    ("According to the {},", "report law teacher doctor map forecast contract label recipe witness"),
    ("{}: a short introduction\n\n", "Entropy Baking Tides Sonnets Gravity Grammar Enzymes Poker "
     "Jazz Erosion"),
]
PROMPTS = [start.replace("{}", word) for start, words in STARTS for word in words.split()]
TOKENS = 64


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
