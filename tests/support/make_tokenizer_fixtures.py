#!/usr/bin/env python3
"""Writes tests/data/tokenizers with PyPI's `tokenizers`, for tests/core/test_tokenizer_reference.cpp.

    pip install tokenizers
    python3 tests/support/make_tokenizer_fixtures.py               writes everything anew
    python3 tests/support/make_tokenizer_fixtures.py --show NAME LINE    what the library says of one line

The parts of each tokenizer (normalizer, pre-tokenizer, decoder, post-processor, model options, added
tokens) are those of the published tokenizer.json; the merges are learned here, from the lines.

lines.txt: 10,000 texts, each a JSON string on a line of its own.
NAME.json: a tokenizer. NAME.digests: five hexadecimal digits for each line, of its ids, its offsets,
the decoded ids and the decoded ids in reverse order (see digest()).
steps.json: further steps, each with the digests of every 20th line.
"""

import argparse
import json
import pathlib

from tokenizers import (
    AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers)
from tokenizer_lines import make_lines

TESTS = pathlib.Path(__file__).resolve().parent.parent
FOLDER = TESTS / "data" / "tokenizers"
# A real one, not in the repository; its digests are.
STORIES = TESTS.parent.parent / "shared" / "models" / "stories260k" / "tokenizer.json"

LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
QWEN2 = LLAMA3.replace("{1,3}", "")
TEKKEN = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+"
    r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
GPT4O = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?"
    r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|"
    r"\s*[\r\n]+|\s+(?!\S)|\s+")

BYTE_TOKENS = [f"<0x{byte:02X}>" for byte in range(256)]


def special(*contents):
    return [AddedToken(c, normalized=False, special=True) for c in contents]


def split(pattern, behavior="isolated", invert=False):
    return pre_tokenizers.Split(Regex(pattern), behavior, invert)


def byte_level(normalizer, pre_tokenizer, post_processor, decoder, specials, lines, **options):
    tokenizer = Tokenizer(models.BPE(**options))
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.decoder = decoder
    trainer = trainers.BpeTrainer(
        vocab_size=1256, show_progress=False, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), max_token_length=24)
    tokenizer.train_from_iterator(lines, trainer)
    tokenizer.add_special_tokens(specials)
    if post_processor:
        tokenizer.post_processor = post_processor(tokenizer)
    return tokenizer


def sentencepiece(normalizer, pre_tokenizer, decoder, specials, start, lines, trained_pre_tokenizer=None):
    """The vocabulary begins with the special tokens and a token for each byte."""
    trained = Tokenizer(models.BPE(unk_token="<unk>"))
    trained.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    trained.pre_tokenizer = trained_pre_tokenizer or pre_tokenizers.Split("▁", "merged_with_next")
    names = [token.content for token in specials]
    trained.train_from_iterator(lines, trainers.BpeTrainer(
        vocab_size=1000, special_tokens=names, limit_alphabet=220, show_progress=False, max_token_length=24))
    learned = json.loads(trained.to_str())["model"]
    words = names + BYTE_TOKENS
    words += [w for w in sorted(learned["vocab"], key=learned["vocab"].get) if w not in words]
    known = set(words)
    tokenizer = Tokenizer(models.BPE(
        vocab={w: i for i, w in enumerate(words)}, merges=[tuple(m) for m in learned["merges"] if "".join(m) in known],
        unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.add_special_tokens(specials)
    if normalizer:
        tokenizer.normalizer = normalizer
    if pre_tokenizer:
        tokenizer.pre_tokenizer = pre_tokenizer
    if decoder:
        tokenizer.decoder = decoder
    if start:
        tokenizer.post_processor = template(start)(tokenizer)
    return tokenizer


def template(start):
    return lambda tokenizer: processors.TemplateProcessing(
        single=f"{start} $A", pair=f"{start} $A {start}:1 $B:1", special_tokens=[(start, tokenizer.token_to_id(start))])


def llama_decoder(strip=True):
    return decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()] + ([decoders.Strip(" ", 1, 0)] if strip else []))


def legacy_normalizer():
    return normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])


def gpt2(lines):
    return byte_level(
        None, pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=True),
        lambda _: processors.ByteLevel(add_prefix_space=True, trim_offsets=False), decoders.ByteLevel(),
        special("<|endoftext|>"), lines)


def pythia(lines):
    tokenizer = byte_level(
        normalizers.NFC(), pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=True),
        lambda _: processors.ByteLevel(add_prefix_space=False, trim_offsets=True), decoders.ByteLevel(),
        special("<|endoftext|>", "<|padding|>"), lines)
    tokenizer.add_tokens([AddedToken(" " * n, normalized=True) for n in range(24, 1, -1)])
    return tokenizer


def llama2(lines):
    return sentencepiece(legacy_normalizer(), None, llama_decoder(), special("<unk>", "<s>", "</s>"), "<s>", lines)


def llama2_metaspace(lines):
    tokenizer = sentencepiece(
        None, pre_tokenizers.Metaspace("▁", prepend_scheme="first", split=False), llama_decoder(),
        special("<unk>", "<s>", "</s>"), "<s>", lines)
    tokenizer.add_tokens([AddedToken("[INST]", normalized=False), AddedToken("E\u0301clair", normalized=True)])
    return tokenizer


def llama3(lines):
    return byte_level(
        None, pre_tokenizers.Sequence([
            split(LLAMA3), pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=True, use_regex=False)]),
        lambda t: processors.Sequence([processors.ByteLevel(trim_offsets=False), template("<|begin_of_text|>")(t)]),
        decoders.ByteLevel(), special("<|begin_of_text|>", "<|endoftext|>", "<|start_header_id|>", "<|eot_id|>"), lines,
        ignore_merges=True)


def mistral(lines):
    """Tekken, of Mistral Nemo and later."""
    return byte_level(
        None, pre_tokenizers.Sequence([
            split(TEKKEN), pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=True, use_regex=False)]),
        template("<s>"), decoders.ByteLevel(), special("<unk>", "<s>", "</s>", "[INST]", "[/INST]"), lines, ignore_merges=True)


def mistral_v3(lines):
    return sentencepiece(
        None, pre_tokenizers.Metaspace("▁", prepend_scheme="always", split=True), llama_decoder(),
        special("<unk>", "<s>", "</s>", "[INST]", "[/INST]"), "<s>", lines)


def qwen2(lines):
    return byte_level(
        normalizers.NFC(), pre_tokenizers.Sequence([
            split(QWEN2), pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=False, use_regex=False)]),
        lambda _: processors.ByteLevel(add_prefix_space=False, trim_offsets=False, use_regex=False), decoders.ByteLevel(),
        special("<|endoftext|>", "<|im_start|>", "<|im_end|>"), lines)


def smollm2(lines):
    return byte_level(
        None, pre_tokenizers.Sequence([
            pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]),
        None, decoders.ByteLevel(), special("<|endoftext|>", "<|im_start|>", "<|im_end|>"), lines)


def gemma(lines):
    return sentencepiece(
        normalizers.Replace(" ", "▁"), pre_tokenizers.Split(" ", "merged_with_previous"), llama_decoder(strip=False),
        special("<unk>", "<bos>", "</s>"), "<bos>", lines, pre_tokenizers.Split("▁", "merged_with_next"))


def falcon(lines):
    return byte_level(
        None, pre_tokenizers.Sequence([
            pre_tokenizers.Punctuation("contiguous"), pre_tokenizers.ByteLevel(add_prefix_space=False),
            pre_tokenizers.Digits(individual_digits=False), split("[0-9][0-9][0-9]")]),
        lambda _: processors.ByteLevel(add_prefix_space=False, trim_offsets=True), decoders.ByteLevel(),
        special("<|endoftext|>"), lines)


TOKENIZERS = [gpt2, pythia, llama2, llama2_metaspace, llama3, mistral, mistral_v3, qwen2, smollm2, gemma, falcon]


def steps():
    """Further steps by the model they are tried with: name, normalizer, pre-tokenizer, decoder, post-processor."""
    plain = {
        "nfd": [normalizers.NFD()], "nfkc": [normalizers.NFKC()], "nfkd": [normalizers.NFKD()], "nfc": [normalizers.NFC()],
        "nfd then nfc": [normalizers.Sequence([normalizers.NFD(), normalizers.NFC()])],
        "nfkd then legacy": [normalizers.Sequence([normalizers.NFKD(), legacy_normalizer()])],
        "replace runs": [normalizers.Replace(Regex(" {2,}|\\s"), "_")],
        "remove letters": [normalizers.Replace(Regex("[a-e]"), "")],
        "digits": [None, pre_tokenizers.Digits(False)], "single digits": [None, pre_tokenizers.Digits(True)],
        "whitespace": [None, pre_tokenizers.Whitespace()], "whitespace split": [None, pre_tokenizers.WhitespaceSplit()],
        "thousands": [None, split(r"(?=(\d{3})+(?!\d))")], "lines": [None, split("^.|.$")],
        "split then metaspace": [None, pre_tokenizers.Sequence([
            split(r"[a-z]+", "removed"), pre_tokenizers.Metaspace("▁", "first", True)])],
    }
    behaviors = ["removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous"]
    for behavior in behaviors:
        plain[f"punctuation {behavior}"] = [None, pre_tokenizers.Punctuation(behavior)]
        plain[f"letters {behavior}"] = [None, split(r"\p{L}+", behavior)]
        plain[f"inverted word {behavior}"] = [None, split(r"\w", behavior, True)]
    plain["split at a text"] = [None, pre_tokenizers.Split("e", "isolated")]
    for scheme in ("always", "first", "never"):
        for cut in (True, False):
            decoder = decoders.Metaspace("▁", scheme, cut)
            plain[f"metaspace {scheme} {cut}"] = [None, pre_tokenizers.Metaspace("▁", scheme, cut), decoder]
    spelled = {
        "gpt4o": [None, pre_tokenizers.Sequence([split(GPT4O), pre_tokenizers.ByteLevel(False, True, False)])],
        "deepseek": [None, pre_tokenizers.Sequence([
            split("[\r\n]"), split(r"\s?\p{L}+"), split(r"\s?\p{P}+"), split("[一-龥ࠀ-一가-퟿]+"), pre_tokenizers.Digits(True),
            pre_tokenizers.ByteLevel(False, True, False)])],
        "prefix": [None, pre_tokenizers.ByteLevel(True), decoders.ByteLevel(), processors.ByteLevel(True, True)],
        "prefix untrimmed": [None, pre_tokenizers.ByteLevel(True), decoders.ByteLevel(), processors.ByteLevel(True, False)],
        "prefix trimmed": [
            normalizers.NFKC(), pre_tokenizers.ByteLevel(True), decoders.ByteLevel(), processors.ByteLevel(False, True)],
        "digits after": [None, pre_tokenizers.Sequence([pre_tokenizers.ByteLevel(False), pre_tokenizers.Digits(True)])],
    }
    return {"loose": plain, "gpt2": spelled}


def loose_model(lines):
    """Its merges cross every boundary that a step might draw."""
    tokenizer = sentencepiece(
        None, None, None, special("<unk>"), None, lines, pre_tokenizers.Split(Regex(r"[\s\S]{6}"), "isolated"))
    return json.loads(tokenizer.to_str())["model"]


def step_tokenizers(folder, model):
    models_by_name = {"loose": model, "gpt2": json.loads((folder / "gpt2.json").read_text())["model"]}
    for model_name, configurations in steps().items():
        for name, parts in configurations.items():
            tokenizer = Tokenizer.from_str(json.dumps({
                "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": None,
                "pre_tokenizer": None, "post_processor": None, "decoder": None, "model": models_by_name[model_name]}))
            normalizer, pre_tokenizer, decoder, post_processor = parts + [None] * (4 - len(parts))
            if normalizer:
                tokenizer.normalizer = normalizer
            if pre_tokenizer:
                tokenizer.pre_tokenizer = pre_tokenizer
            if decoder:
                tokenizer.decoder = decoder
            if post_processor:
                tokenizer.post_processor = post_processor
            tokenizer.add_tokens([
                AddedToken("<mask>", lstrip=True, rstrip=True, normalized=False, special=True),
                AddedToken("<<left>>", lstrip=True, normalized=False)])
            # Versions of the library do not agree on the text of a token that its normalizer would change.
            tokenizer.add_tokens([
                AddedToken(content, rstrip=True, normalized=True) for content in ("[INST]", "Éclair", "E\u0301clair")
                if not normalizer or normalizer.normalize_str(content) == content])
            yield model_name, name, tokenizer


def said_of(tokenizer, text):
    encoding = tokenizer.encode(text)
    return "|".join([
        ",".join(map(str, encoding.ids)), ",".join(f"{begin}-{end}" for begin, end in encoding.offsets),
        tokenizer.decode(encoding.ids), tokenizer.decode(encoding.ids[::-1])])


def digest(text):
    """The last 20 bits of FNV-1a (64 bits)."""
    value = 0xCBF29CE484222325
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{value & 0xFFFFF:05x}"


def digests(tokenizer, lines):
    return "".join(digest(said_of(tokenizer, line)) for line in lines)


def write_digests(name, tokenizer, lines):
    rows = digests(tokenizer, lines)
    (FOLDER / f"{name}.digests").write_text("".join(rows[i:i + 120] + "\n" for i in range(0, len(rows), 120)))
    print(name, tokenizer.get_vocab_size(), "tokens")


def write_all():
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = make_lines()
    (FOLDER / "lines.txt").write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    for make in TOKENIZERS:
        tokenizer = make(lines)
        tokenizer.save(str(FOLDER / f"{make.__name__}.json"), pretty=False)
        write_digests(make.__name__, tokenizer, lines)
    if STORIES.exists():
        write_digests("stories260k", Tokenizer.from_file(str(STORIES)), lines)
    model = loose_model(lines)
    cases = []
    for model_name, name, tokenizer in step_tokenizers(FOLDER, model):
        parts = json.loads(tokenizer.to_str())
        cases.append({
            "name": name, "model": model_name, "digests": digests(tokenizer, lines[::20]),
            **{p: parts[p] for p in ("added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder")}})
    (FOLDER / "steps.json").write_text(
        json.dumps({"loose": model, "cases": cases}, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(sum(f.stat().st_size for f in FOLDER.iterdir()), "bytes")


def load(name):
    if name == "stories260k":
        return Tokenizer.from_file(str(STORIES))
    if (FOLDER / f"{name}.json").exists() and name != "steps":
        return Tokenizer.from_file(str(FOLDER / f"{name}.json"))
    model = json.loads((FOLDER / "steps.json").read_text(encoding="utf-8"))["loose"]
    return next(tokenizer for _, case, tokenizer in step_tokenizers(FOLDER, model) if case == name)


def show(name, number):
    line = json.loads((FOLDER / "lines.txt").read_text(encoding="utf-8").split("\n")[number])
    tokenizer = load(name)
    encoding = tokenizer.encode(line)
    print(json.dumps(line))
    print("ids", encoding.ids)
    print("tokens", encoding.tokens)
    print("offsets", encoding.offsets)
    print("decoded", json.dumps(tokenizer.decode(encoding.ids)))
    print("reversed", json.dumps(tokenizer.decode(encoding.ids[::-1])))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--show", nargs=2, metavar=("NAME", "LINE"))
    arguments = parser.parse_args()
    if arguments.show:
        show(arguments.show[0], int(arguments.show[1]))
    else:
        write_all()
