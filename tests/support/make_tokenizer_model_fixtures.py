#!/usr/bin/env python3
"""Writes tests/data/tokenizers/models.json with PyPI's `tokenizers`, for tests/core/test_tokenizer_reference.cpp.

    pip install tokenizers sentencepiece
    python3 tests/support/make_tokenizer_model_fixtures.py               writes it anew
    python3 tests/support/make_tokenizer_model_fixtures.py --show NAME LINE    what the library says of one line

Tokenizers whose model is not byte-pair encoding, and the steps that go with them: each whole, with the digests
(make_tokenizer_fixtures.py) of every 20th line of lines.txt, which is read, not written.
"""

import argparse
import io
import json
import sys
import tempfile

from make_tokenizer_fixtures import FOLDER, digests, said_of
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

STRIDE = 20
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def read_lines():
    return [json.loads(line) for line in (FOLDER / "lines.txt").read_text(encoding="utf-8").split("\n") if line]



def trained(model, trainer, lines, **parts):
    tokenizer = Tokenizer(model)
    for name, part in parts.items():
        setattr(tokenizer, name, part)
    tokenizer.train_from_iterator(lines, trainer)
    return tokenizer


def word_piece(lines, normalizer, pre_tokenizer, size=400, **options):
    tokenizer = trained(
        models.WordPiece(unk_token="[UNK]", **options), trainers.WordPieceTrainer(
            vocab_size=size, special_tokens=SPECIAL, show_progress=False, limit_alphabet=90,
            continuing_subword_prefix=options.get("continuing_subword_prefix", "##")),
        lines, normalizer=normalizer, pre_tokenizer=pre_tokenizer)
    tokenizer.decoder = decoders.WordPiece("##", True)
    return tokenizer


def bert(lines):
    tokenizer = word_piece(lines, normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer())
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.add_tokens([AddedToken("cab", single_word=True), AddedToken("é", single_word=True, lstrip=True)])
    return tokenizer


def bert_cased(lines):
    tokenizer = word_piece(
        lines, normalizers.BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False),
        pre_tokenizers.BertPreTokenizer(), max_input_chars_per_word=6)
    tokenizer.decoder = decoders.WordPiece("##", False)
    return tokenizer


def stories(lines):
    """As SimpleStories' tokenizer is made."""
    return word_piece(lines, normalizers.Lowercase(), pre_tokenizers.Whitespace(), continuing_subword_prefix="@@")


def word_level(lines):
    tokenizer = trained(
        models.WordLevel(unk_token="[UNK]"), trainers.WordLevelTrainer(vocab_size=300, special_tokens=SPECIAL, show_progress=False),
        lines, normalizer=normalizers.Sequence([normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()]),
        pre_tokenizer=pre_tokenizers.CharDelimiterSplit(" "))
    tokenizer.post_processor = processors.Sequence([
        processors.TemplateProcessing(single="[CLS] $A", pair="[CLS] $A $B", special_tokens=[("[CLS]", 2)]),
        processors.TemplateProcessing(single="[MASK] $A [SEP]", pair="$A $B", special_tokens=[("[MASK]", 4), ("[SEP]", 3)])])
    return tokenizer


def unigram(lines, normalizer, pre_tokenizer, byte_fallback, special=("<unk>", "<s>", "</s>")):
    learned = trained(
        models.Unigram(), trainers.UnigramTrainer(
            vocab_size=350, special_tokens=list(special), unk_token="<unk>", show_progress=False,
            max_piece_length=8, n_sub_iterations=1),
        [line for line in lines if line.isascii()], normalizer=normalizer, pre_tokenizer=pre_tokenizer)
    pieces = [tuple(piece) for piece in json.loads(learned.to_str())["model"]["vocab"]][:350]
    if byte_fallback:
        pieces += [(f"<0x{byte:02X}>", 0.0) for byte in range(256)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=byte_fallback))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.add_special_tokens(list(special))
    return tokenizer


def t5(lines):
    tokenizer = unigram(
        lines, normalizers.Sequence([normalizers.Precompiled(small_charsmap()), normalizers.Replace(Regex(" {2,}"), " ")]),
        pre_tokenizers.Metaspace("▁", "always", True), False)
    tokenizer.decoder = decoders.Metaspace("▁", "always", True)
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", pair="$A $B", special_tokens=[("</s>", 2)])
    return tokenizer


def unigram_bytes(lines):
    tokenizer = unigram(
        lines, normalizers.Sequence([normalizers.Nmt(), normalizers.Strip(left=True, right=True)]),
        pre_tokenizers.Metaspace("▁", "first", False), True)
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    return tokenizer


def roberta(lines):
    tokenizer = trained(
        models.BPE(), trainers.BpeTrainer(
            vocab_size=400, special_tokens=["<s>", "</s>"], show_progress=False,
            initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet())),
        lines, pre_tokenizer=pre_tokenizers.ByteLevel(add_prefix_space=True))
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 1), ("<s>", 0), True, True)
    return tokenizer


def fixed_length(lines):
    tokenizer = trained(
        models.BPE(), trainers.BpeTrainer(vocab_size=400, show_progress=False, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet())),
        lines, normalizer=normalizers.ByteLevel(), pre_tokenizer=pre_tokenizers.FixedLength(7))
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def small_charsmap():
    """Of a few rules, compiled by sentencepiece: longer and shorter texts, several characters at once, nothing."""
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2 as proto
    rules = {
        "\u00a0": " ", "\t": " ", "\n": " ", "½": "1⁄2", "ﬁ": "fi", "①": "1", "㎏": "kg", "か\u3099": "が", "e\u0301": "é",
        "A": "a", "B": "b", "ß": "SS", "\u200b": "", "İ": "i\u0307", "가": "\u1100\u1161", "\u0301": "", "ü": "ue", "\ufdfa": "صلى الله عليه وسلم"}
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
        for source, target in rules.items():
            file.write(" ".join(f"{ord(c):X}" for c in source) + "\t" + " ".join(f"{ord(c):X}" for c in target) + "\n")
        file.flush()
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(["the cat sat on the mat"] * 50), model_writer=model, vocab_size=20,
            normalization_rule_tsv=file.name, minloglevel=3, hard_vocab_limit=False)
    parsed = proto.ModelProto()
    parsed.ParseFromString(model.getvalue())
    return parsed.normalizer_spec.precompiled_charsmap


MAKERS = [bert, bert_cased, stories, word_level, t5, unigram_bytes, roberta, fixed_length]


def write():
    lines = read_lines()
    cases = []
    for make in MAKERS:
        tokenizer = make(lines)
        # The decoder of a WordPiece tokenizer puts spaces into what was split; that is compared as well.
        cases.append({
            "name": make.__name__, "digests": digests(tokenizer, lines[::STRIDE]), "tokenizer": json.loads(tokenizer.to_str())})
        print(make.__name__, tokenizer.get_vocab_size(), file=sys.stderr)
    (FOLDER / "models.json").write_text(
        json.dumps({"cases": cases}, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def show(name, number):
    line = read_lines()[number]
    cases = json.loads((FOLDER / "models.json").read_text(encoding="utf-8"))["cases"]
    tokenizer = Tokenizer.from_str(json.dumps(next(c["tokenizer"] for c in cases if c["name"] == name)))
    encoding = tokenizer.encode(line)
    print(json.dumps(line), encoding.ids, encoding.tokens, encoding.offsets, sep="\n")
    print(json.dumps(said_of(tokenizer, line)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--show", nargs=2, metavar=("NAME", "LINE"))
    arguments = parser.parse_args()
    if arguments.show:
        show(arguments.show[0], int(arguments.show[1]))
    else:
        write()
