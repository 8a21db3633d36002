#!/usr/bin/env python3
"""Asks transformers for the ids of texts with tokenizers whose added tokens, special tokens and settings are spread
over tokenizer_config.json, special_tokens_map.json and added_tokens.json in random ways.

    python3 make_declared_tokens.py ask OUT.json       in an environment with one version of transformers
    python3 make_declared_tokens.py join 4.57.json 5.json    writes declared_tokens.json beside this script

Each case has the files as they lie in the folder (tokenizer.json and vocab.json by the name of the small tokenizer
of make_table.py), a text, and its ids: `ids` of transformers 5, `ids_4` where 4.57 has others (null: does not load).
"""

import json
import os
import pathlib
import random
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SEED = 12
COUNT = 400
NEW = ["<x>", "<y>", "[PAD]", "<|sep|>", "Été", "  ", "ab ab", "<mask>"]
OLD = ["<s>", "</s>", "<|endoftext|>", "ab", "<pad>"]


def token_object(rng, content, special=None):
    token = {"content": content}
    for key in ("lstrip", "rstrip", "single_word", "normalized"):
        token[key] = rng.random() < (0.5 if key == "normalized" else 0.3)
    if special is not None:
        token["special"] = special
    return token


def roles(rng, typed):
    found = {}
    for role in ("bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token", "mask_token"):
        if rng.random() < 0.35:
            content = rng.choice(NEW + OLD)
            if rng.random() < 0.5:
                found[role] = content
            else:
                found[role] = token_object(rng, content)
                if typed:
                    found[role]["__type"] = "AddedToken"
    if rng.random() < 0.3:
        found["additional_special_tokens"] = rng.sample(NEW, 2)
    return found


def case(rng):
    kind = rng.choice(["byte", "byte", "piece", "files"])
    config = {"tokenizer_class": rng.choice(
        ["GPT2Tokenizer"] * 3 + ["Qwen2Tokenizer", "RobertaTokenizer"] if kind == "files" else
        ["PreTrainedTokenizerFast", "PreTrainedTokenizerFast", "GPT2Tokenizer", "GPTNeoXTokenizer", "Qwen2Tokenizer"]
        if kind == "byte" else ["PreTrainedTokenizerFast", "LlamaTokenizer"])}
    if config["tokenizer_class"] == "LlamaTokenizer":
        if rng.random() < 0.5:
            config["legacy"] = rng.random() < 0.5
        if rng.random() < 0.3:
            config["add_prefix_space"] = rng.random() < 0.5
    elif rng.random() < 0.5:
        config["add_prefix_space"] = rng.random() < 0.5
    files = {}
    if rng.random() < 0.6:
        config.update(roles(rng, True))
    size = 266 if kind != "piece" else 13
    if rng.random() < 0.4:
        contents = rng.sample(NEW + OLD, rng.randint(1, 4))
        config["added_tokens_decoder"] = {
            str(OLD.index(c) + 1 if c in ("<s>", "</s>") else size + i): token_object(rng, c, rng.random() < 0.5)
            for i, c in enumerate(contents)}
    if rng.random() < 0.4:
        files["special_tokens_map.json"] = roles(rng, False)
    if rng.random() < 0.4:
        files["added_tokens.json"] = {c: size + i for i, c in enumerate(rng.sample(NEW, rng.randint(1, 4)))}
    files["tokenizer_config.json"] = config
    words = NEW + OLD + ["a", "b", "ba", " ", " ", "é", "\n"]
    return {"kind": kind, "files": files, "text": "".join(rng.choice(words) for _ in range(rng.randint(3, 12)))}


def ask(folder, one):
    from transformers import AutoTokenizer
    for file in folder.iterdir():
        file.unlink()
    (folder / "config.json").write_text(json.dumps({"model_type": "llama"}))
    for name, content in one["files"].items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    if one["kind"] == "files":
        for name in ("vocab.json", "merges.txt"):
            (folder / name).write_bytes((HERE / name).read_bytes())
    else:
        (folder / "tokenizer.json").write_bytes((HERE / f"{one['kind']}.json").read_bytes())
    try:
        return AutoTokenizer.from_pretrained(folder)(one["text"])["input_ids"]
    except Exception:
        return None


def ask_all(out):
    rng = random.Random(SEED)
    cases = [case(rng) for _ in range(COUNT)]
    with tempfile.TemporaryDirectory() as folder:
        for one in cases:
            one["ids"] = ask(pathlib.Path(folder), one)
    pathlib.Path(out).write_text(json.dumps(cases, ensure_ascii=False), encoding="utf-8")


def join(old, new):
    both = []
    for a, b in zip(json.load(open(old, encoding="utf-8")), json.load(open(new, encoding="utf-8")), strict=True):
        assert a["files"] == b["files"]
        # A class that makes its tokenizer anew from the vocabulary loses, in 5, the added tokens of tokenizer.json
        # that added_tokens_decoder does not repeat; Circuitloom keeps them, as 4.57 does.
        config = b["files"]["tokenizer_config.json"]
        loses = (b["kind"] != "files" and "added_tokens_decoder" in config
                 and config["tokenizer_class"] != "PreTrainedTokenizerFast")
        if b["ids"] is not None and not (loses and a["ids"] != b["ids"]):
            both.append(b if a["ids"] == b["ids"] else dict(b, ids_4=a["ids"]))
    (HERE / "declared_tokens.json").write_text(
        "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in both) + "\n]\n", encoding="utf-8")
    print(len(both), "cases,", sum("ids_4" not in one for one in both), "of them alike in both versions")


if __name__ == "__main__":
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="critical")
    if sys.argv[1] == "ask":
        ask_all(sys.argv[2])
    else:
        join(*sys.argv[2:])
