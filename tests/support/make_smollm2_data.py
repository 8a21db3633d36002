#!/usr/bin/env python3
"""Writes tests/data/gguf/smollm2.json from the model that tests/support/fetch_smollm2.sh fetches.

    pip install gguf numpy torch transformers tokenizers
    python3 tests/support/make_smollm2_data.py "$(tests/support/fetch_smollm2.sh)"

`tokenizer`: ids of many lines by PyPI's `tokenizers`, which transformers fills from the file. It
leaves out the step that the key tokenizer.ggml.pre = smollm names, digits one by one, which the
original's tokenizer.json has; that is put in here.
`logits`: what transformers' LlamaForCausalLM gives in float32 with the weights that llama.cpp's
Python library decodes: the greatest logits at some positions, every 512th, and the mean and
the norm of all.
"""

import json
import pathlib
import random
import sys

import gguf
import numpy
import tokenizers
import torch
import transformers
from tokenizers import pre_tokenizers

from make_reference_models import CORPUS, LINES

OUT = pathlib.Path(__file__).resolve().parent.parent / "data" / "gguf" / "smollm2.json"
PROMPTS = [
    "The capital of France is",
    "<|im_start|>user\nWhy is the sky blue?<|im_end|>\n<|im_start|>assistant\n",
    "def fibonacci(n):\n    if n < 2:\n        return n\n    return fibonacci(n - 1) +",
]
POOLS = [
    "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJ", "0123456789", " \t\n  ", ".,;:!?'\"()[]{}<>|/\\@#$%^&*-_=+",
    "àéîõüßøñçžđ", "абвгдежз", "αβγδε", "你好世界語文日本", "한국어", "ひらがなカタ", "עבריתشكرا",
    "😀👍🏽👩‍👩‍👧🇩🇪", "\u0301\u0327\u200b\u200d\u00a0\u3000\u2028", "½²٣Ⅷ①", "\x00\x07\x1b\x7f",
]
SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<repo_name>", "<file_sep>", "<jupyter_code>"]


def lines():
    generator = random.Random(5)
    words = [w for line in CORPUS for w in line.split()]
    found = list(LINES)
    for _ in range(120):  # words, numbers and spaces
        found.append("".join(
            generator.choice([generator.choice(words), str(generator.randrange(10 ** generator.randrange(1, 9))), "'s"])
            + generator.choice([" ", " ", "  ", "\n", "", ", "]) for _ in range(generator.randrange(2, 10))))
    for _ in range(140):  # any characters
        pools = generator.sample(POOLS, 3)
        found.append("".join(generator.choice(generator.choice(pools)) for _ in range(generator.randrange(1, 24))))
    for _ in range(20):
        found.append("".join(generator.choice(SPECIALS + words) for _ in range(5)))
    return found


def tokenizer_of(path):
    tokenizer = transformers.AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)._tokenizer
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    return tokenizer


def unpermuted(rows, heads):
    shape = rows.shape
    return rows.reshape(heads, shape[0] // heads // 2, 2, *shape[1:]).swapaxes(1, 2).reshape(shape)


def model_of(path):
    reader = gguf.GGUFReader(path)

    def key(name):
        return reader.get_field(name).contents()

    config = transformers.LlamaConfig(
        vocab_size=key("llama.vocab_size"), hidden_size=key("llama.embedding_length"),
        intermediate_size=key("llama.feed_forward_length"), num_hidden_layers=key("llama.block_count"),
        num_attention_heads=key("llama.attention.head_count"),
        num_key_value_heads=key("llama.attention.head_count_kv"),
        max_position_embeddings=key("llama.context_length"), rms_norm_eps=1e-5,
        rope_parameters={"rope_theta": key("llama.rope.freq_base"), "rope_type": "default"},
        tie_word_embeddings=True)
    names = {"attn_norm": "input_layernorm", "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj",
             "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
             "ffn_norm": "post_attention_layernorm", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
             "ffn_down": "mlp.down_proj"}
    outside = {"token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight"}
    weights = {}
    for tensor in reader.tensors:
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        if tensor.name in outside:
            weights[outside[tensor.name]] = values
            continue
        _, layer, part, _ = tensor.name.split(".")
        if part in ("attn_q", "attn_k"):
            values = unpermuted(
                values, config.num_attention_heads if part == "attn_q" else config.num_key_value_heads)
        weights[f"model.layers.{layer}.{names[part]}.weight"] = values
    model = transformers.LlamaForCausalLM(config).eval()
    weights = {name: torch.from_numpy(numpy.array(values)) for name, values in weights.items()}
    missing, unexpected = model.load_state_dict(weights, strict=False)
    assert not unexpected and missing == ["lm_head.weight"], (missing, unexpected)
    model.tie_weights()
    return model.float()


def logits_of(model, tokenizer):
    found = []
    for prompt in PROMPTS:
        ids = tokenizer.encode(prompt).ids
        with torch.no_grad():
            logits = model(torch.tensor([ids])).logits[0].double()
        positions = []
        for position in (0, len(ids) // 2, len(ids) - 1):
            row = logits[position]
            top = row.topk(20)
            positions.append({
                "position": position, "top": top.indices.tolist(),
                "top_logits": [round(x, 6) for x in top.values.tolist()],
                "every_512th": [round(x, 6) for x in row[::512].tolist()],
                "mean": row.mean().item(), "norm": row.norm().item()})
        found.append({"text": prompt, "ids": ids, "positions": positions})
    return found


def main():
    path = pathlib.Path(sys.argv[1])
    tokenizer = tokenizer_of(path)
    encoded = []
    for line in lines():
        ids = tokenizer.encode(line).ids
        encoded.append([line, ids])
    OUT.write_text(json.dumps({
        "made_with": {m.__name__: m.__version__ for m in (torch, transformers, tokenizers)},
        "tokenizer": encoded,
        "logits": logits_of(model_of(path), tokenizer),
    }, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(OUT, OUT.stat().st_size, "bytes,", len(encoded), "lines")


if __name__ == "__main__":
    main()
