#!/usr/bin/env python3
"""Writes the files of tests/data/gguf with llama.cpp's own Python library.

    pip install gguf numpy safetensors transformers
    python3 tests/support/make_gguf_data.py

blocks.json: for every quantised type some blocks of random bytes, and the floats that the library
decodes them to. tiny_llama.gguf and tiny_gpt2.gguf: the models of tests/data/tiny_llama and
tests/data/tiny_gpt2 as llama.cpp's converter writes them: the query and key rows of the Llama
permuted, the matrices of GPT-2 transposed, the tokenizer inside. merges.json: the merges that
transformers derives from the scores of tiny_llama.gguf.
"""

import json
import pathlib

import gguf
import numpy
from safetensors.numpy import load_file
from transformers.tokenization_utils_base import generate_merges

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
OUT = DATA / "gguf"

BLOCKS = {"Q8_0": 3, "Q4_0": 3, "Q4_1": 3, "Q5_0": 3, "Q5_1": 3, "Q4_K": 2, "Q5_K": 2, "Q6_K": 2,
          "F16": 24, "BF16": 24, "Q2_K": 2, "Q3_K": 2, "IQ4_NL": 3, "IQ4_XS": 2, "MXFP4": 3}
# Where a block has its half-precision numbers, so that they can be given a usual size.
HALVES = {"Q8_0": [0], "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q4_K": [0, 2],
          "Q5_K": [0, 2], "Q6_K": [208], "Q2_K": [80, 82], "Q3_K": [108], "IQ4_NL": [0],
          "IQ4_XS": [0]}


def write_blocks():
    generator = numpy.random.default_rng(11)
    types = {}
    for name, count in BLOCKS.items():
        kind = gguf.GGMLQuantizationType[name]
        size = gguf.GGML_QUANT_SIZES[kind][1]
        blocks = generator.integers(0, 256, (count, size), dtype=numpy.uint8)
        for position in HALVES.get(name, []):
            halves = generator.normal(0, 0.05, (count, 1)).astype(numpy.float16)
            blocks[:, position:position + 2] = halves.view(numpy.uint8)
        if name == "MXFP4":  # the exponent
            blocks[:, 0] = [0, 1, 121]  # the first two are subnormal
        if name in ("F16", "BF16"):
            blocks[:, 1] &= 0xBF  # neither infinite nor no number
        floats = gguf.quants.dequantize(blocks.reshape(-1), kind).astype("<f4")
        types[name] = {"blocks": blocks.tobytes().hex(), "floats": floats.tobytes().hex()}
    (OUT / "blocks.json").write_text(json.dumps(types, indent=0) + "\n")


def tokenizer_of(folder):
    return json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))


def tokens_by_id(tokenizer):
    tokens = {i: t for t, i in tokenizer["model"]["vocab"].items()}
    added = {t["id"]: t for t in tokenizer["added_tokens"]}
    for i, token in added.items():
        tokens[i] = token["content"]
    return [tokens[i] for i in range(len(tokens))], added


def permute(rows, heads):
    """llama.cpp's: from the halves of each head one after the other to pairs."""
    shape = rows.shape
    return (rows.reshape(heads, 2, shape[0] // heads // 2, *shape[1:])
            .swapaxes(1, 2).reshape(shape))


def write_merges(tokens, scores, kinds):
    merges = generate_merges(
        {t: i for i, t in enumerate(tokens)}, dict(zip(tokens, scores)),
        skip_tokens=[t for t, kind in zip(tokens, kinds) if kind != 1])
    (OUT / "merges.json").write_text(
        json.dumps(merges, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def write_llama(path):
    folder = DATA / "tiny_llama"
    config = json.loads((folder / "config.json").read_text())
    heads, kv_heads = config["num_attention_heads"], config["num_key_value_heads"]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv_heads)
    writer.add_key_length(config["head_dim"])
    writer.add_value_length(config["head_dim"])
    writer.add_rope_dimension_count(config["head_dim"])
    writer.add_rope_freq_base(config["rope_parameters"]["rope_theta"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])

    tokenizer = tokenizer_of(folder)
    tokens, added = tokens_by_id(tokenizer)
    ranks = {}
    for rank, (left, right) in enumerate(tokenizer["model"]["merges"]):
        ranks.setdefault(left + right, rank)
    kinds = []
    for i, token in enumerate(tokens):
        byte = len(token) == 6 and token.startswith("<0x")
        kinds.append(2 if token == "<unk>" else 3 if i in added else 6 if byte else 1)
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(tokens)
    # A tenth of a rank, so that some are equal.
    scores = [-float(ranks.get(t, 1000) // 10) for t in tokens]
    writer.add_token_scores(scores)
    writer.add_token_types(kinds)
    write_merges(tokens, scores, kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)

    names = {"input_layernorm": "attn_norm", "self_attn.q_proj": "attn_q",
             "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
             "self_attn.o_proj": "attn_output", "post_attention_layernorm": "ffn_norm",
             "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}
    outside = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output"}
    for name, values in load_file(folder / "model.safetensors").items():
        stem, suffix = name.rsplit(".", 1)
        if stem in outside:
            writer.add_tensor(f"{outside[stem]}.{suffix}", values)
            continue
        _, _, layer, part = stem.split(".", 3)
        if part == "self_attn.q_proj":
            values = permute(values, heads)
        if part == "self_attn.k_proj":
            values = permute(values, kv_heads)
        writer.add_tensor(f"blk.{layer}.{names[part]}.{suffix}", numpy.ascontiguousarray(values))
    finish(writer)


def write_gpt2(path):
    folder = DATA / "tiny_gpt2"
    config = json.loads((folder / "config.json").read_text())
    writer = gguf.GGUFWriter(path, "gpt2")
    writer.add_context_length(config["n_positions"])
    writer.add_embedding_length(config["n_embd"])
    writer.add_block_count(config["n_layer"])
    writer.add_feed_forward_length(config["n_inner"])
    writer.add_head_count(config["n_head"])
    writer.add_layer_norm_eps(config["layer_norm_epsilon"])

    tokenizer = tokenizer_of(folder)
    tokens, added = tokens_by_id(tokenizer)
    end = tokens.index("<|endoftext|>")
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(
        [(3 if added[i]["special"] else 4) if i in added else 1 for i in range(len(tokens))])
    writer.add_token_merges([" ".join(pair) for pair in tokenizer["model"]["merges"]])
    writer.add_bos_token_id(end)
    writer.add_eos_token_id(end)

    names = {"ln_1": "attn_norm", "attn.c_attn": "attn_qkv", "attn.c_proj": "attn_output",
             "ln_2": "ffn_norm", "mlp.c_fc": "ffn_up", "mlp.c_proj": "ffn_down"}
    outside = {"wte": "token_embd", "wpe": "position_embd", "ln_f": "output_norm"}
    for name, values in load_file(folder / "model.safetensors").items():
        stem, suffix = name.removeprefix("transformer.").rsplit(".", 1)
        if stem in outside:
            writer.add_tensor(f"{outside[stem]}.{suffix}", values)
            continue
        _, layer, part = stem.split(".", 2)
        if ".c_" in part and suffix == "weight":
            values = numpy.ascontiguousarray(values.T)
        writer.add_tensor(f"blk.{layer}.{names[part]}.{suffix}", values)
    # Older converters wrote the tied unembedding a second time.
    writer.add_tensor("output.weight", load_file(folder / "model.safetensors")["transformer.wte.weight"])
    finish(writer)


def finish(writer):
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    write_blocks()
    write_llama(OUT / "tiny_llama.gguf")
    write_gpt2(OUT / "tiny_gpt2.gguf")
    for file in sorted(OUT.iterdir()):
        print(file.name, file.stat().st_size, "bytes")
