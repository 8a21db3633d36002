#!/usr/bin/env python3
"""Asks one version of transformers which special tokens it puts around a text, for every combination of
tokenizer class, model type, post-processor and settings, and writes a line for each.

    python3 make_table.py ask OUT.tsv [--all]     in an environment with that version of transformers
    python3 make_table.py join 4.57.tsv 5.tsv     writes table.tsv beside this script

No torch is needed. The small tokenizers that are asked are tokenizers() below; the test
tests/core/test_tokenizer_rules.cpp builds the same from byte.json, piece.json, vocab.json and merges.txt,
which `ask` writes beside this script when they are missing.

A line: kind (byte, piece: a tokenizer.json; files: vocab.json and merges.txt), model_type, tokenizer_class
(- where tokenizer_config.json has none), whether it names bos_token and eos_token, add_bos_token, add_eos_token
(true, false, - where absent), post-processor, then what stands around the text: `before|after`.
"""

import argparse
import itertools
import json
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SPECIAL = ["<unk>", "<s>", "</s>", "<|endoftext|>", "<bos>", "<eos>", "<pad>", "<BOS_TOKEN>", "<|END_OF_TURN_TOKEN|>"]
TEXT = "ab"

CLASSES = [
    None, "PreTrainedTokenizerFast", "PreTrainedTokenizer", "TokenizersBackend", "LlamaTokenizer", "LlamaTokenizerFast",
    "GPT2Tokenizer", "GPT2TokenizerFast", "GPTNeoXTokenizer", "GPTNeoXTokenizerFast",
    "Qwen2Tokenizer", "Qwen2TokenizerFast", "GemmaTokenizer", "GemmaTokenizerFast", "CodeGenTokenizer", "CohereTokenizerFast",
    "BloomTokenizerFast", "PhiTokenizer", "RobertaTokenizer"]
MODEL_TYPES = [
    "gpt2", "gpt_neo", "gpt_neox", "llama", "mistral", "qwen2", "qwen3", "gemma", "gemma2", "gemma3_text", "phi", "phi3",
    "olmo", "olmo2", "opt", "gptj", "granite", "smollm3", "starcoder2", "stablelm", "bloom", "falcon", "not-known"]
FLAGS = [None, True, False]
POSTS = ["none", "bytelevel", "bos", "bos-eos", "eos", "roberta", "sequence"]


def special_token(name):
    return {"SpecialToken": {"id": name, "type_id": 0}}


def template(before, after):
    names = before + after
    return {
        "type": "TemplateProcessing",
        "single": [special_token(n) for n in before] + [{"Sequence": {"id": "A", "type_id": 0}}]
        + [special_token(n) for n in after],
        "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {n: {"id": n, "ids": [SPECIAL.index(n)], "tokens": [n]} for n in names}}


def post_processor(name):
    byte_level = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True}
    return {
        "none": None, "bytelevel": byte_level, "bos": template(["<s>"], []), "bos-eos": template(["<s>"], ["</s>"]),
        "eos": template([], ["</s>"]),
        "roberta": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 1], "trim_offsets": True,
                    "add_prefix_space": False},
        "sequence": {"type": "Sequence", "processors": [byte_level, template(["<s>"], [])]}}[name]


def tokenizers():
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    byte = Tokenizer(models.BPE(vocab={t: i for i, t in enumerate(SPECIAL + letters + ["ab"])}, merges=[("a", "b")]))
    byte.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    byte.decoder = decoders.ByteLevel()
    letters = ["▁", "a", "b", "ab"]
    piece = Tokenizer(models.BPE(
        vocab={t: i for i, t in enumerate(SPECIAL + letters)}, merges=[("a", "b")], unk_token="<unk>", fuse_unk=True))
    piece.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    piece.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.Fuse()])
    for tokenizer in (byte, piece):
        tokenizer.add_special_tokens(SPECIAL)
    return {"byte": byte, "piece": piece}


def small_files():
    for name, tokenizer in tokenizers().items():
        if not (HERE / f"{name}.json").exists():
            tokenizer.save(str(HERE / f"{name}.json"), pretty=False)
    byte = json.loads((HERE / "byte.json").read_text(encoding="utf-8"))["model"]
    (HERE / "vocab.json").write_text(json.dumps(byte["vocab"], ensure_ascii=False), encoding="utf-8")
    (HERE / "merges.txt").write_text("#version: 0.2\na b\n", encoding="utf-8")


def questions(everything):
    def product(kinds, types, classes, named, bos, eos, posts):
        for kind, rest in itertools.product(kinds, itertools.product(types, classes, named, bos, eos, posts)):
            if kind != "files" or rest[5] == "none":
                yield (kind,) + rest
    # Every class with every model type, then every setting.
    kinds = ["byte", "piece", "files"]
    yield from product(kinds, MODEL_TYPES, CLASSES, [True], [None], [None], ["bos"])
    yield from product(kinds, MODEL_TYPES, CLASSES, [True], [True], [True], ["none"])
    yield from product(
        kinds, MODEL_TYPES if everything else ["llama"], [c for c in CLASSES if not (c or "").endswith("TokenizerFast")],
        [True, False], FLAGS, FLAGS, POSTS)


def ask(folder, tokenizer_parts, question):
    from transformers import AutoTokenizer
    kind, model_type, tokenizer_class, named, bos, eos, post = question
    config = {"bos_token": "<s>", "eos_token": "</s>"} if named else {}
    for key, value in (("tokenizer_class", tokenizer_class), ("add_bos_token", bos), ("add_eos_token", eos)):
        if value is not None:
            config[key] = value
    (folder / "config.json").write_text(json.dumps({"model_type": model_type}))
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    for name in ("vocab.json", "merges.txt", "tokenizer.json"):
        (folder / name).unlink(missing_ok=True)
    if kind == "files":
        for name in ("vocab.json", "merges.txt"):
            (folder / name).write_bytes((HERE / name).read_bytes())
    else:
        parts = dict(tokenizer_parts[kind], post_processor=post_processor(post))
        (folder / "tokenizer.json").write_text(json.dumps(parts, ensure_ascii=False), encoding="utf-8")
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder)
        tokens = tokenizer.convert_ids_to_tokens(tokenizer(TEXT)["input_ids"])
    except Exception as error:
        return f"error: {type(error).__name__}"
    special = [t in SPECIAL for t in tokens]
    if all(special):
        return "error: no text"
    first = special.index(False)
    last = len(tokens) - special[::-1].index(False)
    return " ".join(tokens[:first]) + "|" + " ".join(tokens[last:])


def word(value):
    return {None: "-", True: "true", False: "false"}.get(value, value)


def ask_all(out, everything):
    small_files()
    parts = {k: json.loads((HERE / f"{k}.json").read_text(encoding="utf-8")) for k in ("byte", "piece")}
    seen = set()
    with open(out, "w", encoding="utf-8", buffering=1) as file, tempfile.TemporaryDirectory() as folder:
        for question in questions(everything):
            if question in seen:
                continue
            seen.add(question)
            file.write("\t".join([word(v) for v in question] + [ask(pathlib.Path(folder), parts, question)]) + "\n")


def join(old, new):
    """Leaves out what neither version can load."""
    lines = ["# kind\tmodel_type\ttokenizer_class\tnamed\tadd_bos_token\tadd_eos_token\tpost-processor\t4.57.1\t5.24.0"]
    for a, b in zip(open(old, encoding="utf-8"), open(new, encoding="utf-8"), strict=True):
        *question, said_old = a.rstrip("\n").split("\t")
        *same, said_new = b.rstrip("\n").split("\t")
        assert question == same
        if question[2] == "CodeLlamaTokenizer":
            continue
        if "error" not in said_new or "error" not in said_old:
            lines.append("\t".join(question + [said_old, said_new]))
    (HERE / "table.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines) - 1, "lines")


if __name__ == "__main__":
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="critical")
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("what", choices=["ask", "join"])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--all", action="store_true", help="every combination, for checking")
    arguments = parser.parse_args()
    if arguments.what == "ask":
        ask_all(arguments.files[0], arguments.all)
    else:
        join(*arguments.files)
    sys.exit(0)
