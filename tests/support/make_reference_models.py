#!/usr/bin/env python3
"""Writes the reference data of tests/data with Hugging Face's own libraries.

    pip install torch transformers tokenizers
    python3 tests/support/make_reference_models.py [NAME...]

All are small models with random weights, large enough that a missing bias, a wrong norm or a
swapped head shows in the logits. Each has, beside the files of the Hugging Face layout,
expected.json: `logits` at some positions of a few token sequences. tiny_gpt2 and tiny_llama have a
tokenizer too, and under `tokenizer` the ids and the decoded text of many lines (special tokens
added, and left out again). The others are one for each family or way of storing it; their contexts
are longer than their attention windows.
The seeds are fixed; other versions of the libraries may give other weights.
"""

import json
import pathlib
import shutil
import sys

import tokenizers
import torch
import transformers
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"

CORPUS = [
    "The keys near the cabinet are on the table, and the boy likes them.",
    "He said that she's going; they're here, we've seen it and I'm sure you'll agree.",
    "In 2024 there were 365 days and 12 months; 1,000 is a number.",
    "When Mary and John went to the store, John gave a drink to Mary.",
    "the the the cat cats sat sits on a mat mats with hats and rats",
    "for (int i = 0; i < n; ++i) { sum += values[i]; }",
    "naïve café façade über straße — “quoted” … 你好世界 привет мир",
]

LINES = [
    "", " ", "  ", "   x", "x   ", "a", "Hello world", " Hello world", "Hello  world",
    "The keys near the cabinet are on the table.",
    "then you knows it are pretty amazing.",
    "he's she'll we've I'm they're isn't it'd HE'S 'tis ''s",
    "1234567890 12 3 4.5 1,000,000 ½ ² ١٢٣ Ⅷ",
    "tabs\tand\nnewlines\n\nand\r\nreturns\r", "\n", "\n\n\n  x\n \n", "trailing space ", "trailing\t",
    "naïve café", "cafe\u0301 e\u0301\u0327 a\u030a", "Å Å Å", "straße ẞ ﬁ ﬀ",
    "你好世界", "日本語のテキスト。", "한국어 텍스트", "안녕", "ไทย ภาษาไทย",
    "привет мир", "Ελληνικά", "עברית", "العربية ١٢٣", "हिन्दी में", "বাংলা",
    "😀", "👩‍👩‍👧‍👦 family", "🇩🇪🇫🇷", "👍🏽 ok", "a😀b 😀😀", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "\U0010ffff \U000e0001",
    "a\u00a0b", "\u00a0\u00a0x", "a\u2003b\u3000c", "a\u200bb\u200d\ufeffc", "\u2028\u2029x", "\u0085x \u1680y",
    "\u180e x\u180ey", "\x00\x01\x02", "a\x00b", "\x1b[31mred\x1b[0m", "\x7f\x80\x9f", "\x1c \x1f x",
    "\ufffd", "\ufffe\uffff", "▁", "▁▁a ▁b", "a▁ b", "Ġ Ċ Ġthe",
    "<s>", "</s>", "<unk>", "a<s>b", "x <s> y", "<s></s><s>", "<<s>>", "<|endoftext|>",
    "a<|endoftext|>b", "<|endoftext|> <|endoftext|>", "<|endoftex", "[PAD] x[PAD]", "[PAD][PADDED] [PADDED",
    "<0x0A>", "<0x41><0x42>", "Ā ā ȁ ́",
    "for (int i = 0; i < n; ++i) { sum += values[i]; }", "def f(x):\n    return x**2  # square\n",
    "http://example.org/a?b=c&d=%20#e", "__init__ a_b-c", "$$$ €5 £6 ¥7", "!!!??? ... --- ___ ***",
    "“quotes” ‘single’ «guillemets»", "snake_case CamelCase SCREAMING", "x=1;y=2", "\\n \\t \\\\",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "thethethethethe", "the the the the the", "  the   the  ",
]


def randomise(model):
    for parameter in model.parameters():
        with torch.no_grad():
            parameter.normal_(0.0, 0.3)
    adds_one = model.config.model_type.startswith("gemma")
    for name, parameter in model.named_parameters():
        if not adds_one and ("norm" in name or "ln_" in name) and name.endswith("weight"):
            with torch.no_grad():
                parameter.add_(1.0)


def logits_of(model, cases):
    """Computed in float64 from the float32 weights."""
    expected = []
    for ids, positions in cases:
        with torch.no_grad():
            logits = model.double()(torch.tensor([ids])).logits[0]
        rows = [[float(f"{x:.6g}") for x in logits[p].tolist()] for p in positions]
        expected.append({"ids": ids, "positions": positions, "logits": rows})
    return expected


def save(name, model, tokenizer, vocabulary):
    folder = DATA / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    model.float().save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    (folder / "model.safetensors").chmod(0o644)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    generator = torch.Generator().manual_seed(7)
    single, repeated, full = (
        torch.randint(0, vocabulary, (n,), generator=generator).tolist()
        for n in (1, 4, model.config.max_position_embeddings))
    cases = [(single, [0]), (repeated + repeated, [3, 7]), (full, [6, len(full) - 1])]
    lines = []
    for line in LINES:
        ids = tokenizer.encode(line).ids
        lines.append({"text": line, "ids": ids, "decoded": tokenizer.decode(ids)})
    expected = {
        "made_with": {m.__name__: m.__version__ for m in (torch, transformers, tokenizers)},
        "logits": logits_of(model, cases),
        "tokenizer": lines,
    }
    (folder / "expected.json").write_text(
        json.dumps(expected, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(folder, sum(f.stat().st_size for f in folder.iterdir()), "bytes")


def gpt2(name):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    trainer = trainers.BpeTrainer(
        vocab_size=360, special_tokens=["<|endoftext|>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.add_tokens(["[PAD]", "[PADDED]"])
    vocabulary = tokenizer.get_vocab_size()
    torch.manual_seed(1)
    end = tokenizer.token_to_id("<|endoftext|>")
    model = transformers.GPT2LMHeadModel(transformers.GPT2Config(
        vocab_size=vocabulary, n_positions=20, n_embd=16, n_layer=2, n_head=4, n_inner=24,
        layer_norm_epsilon=1e-3, bos_token_id=end, eos_token_id=end)).eval()
    randomise(model)
    save(name, model, tokenizer, vocabulary)


def llama(name):
    """Sentencepiece's kind of BPE as Llama 2 has it; the merges come from a model trained here."""
    trained = Tokenizer(models.BPE(unk_token="<unk>"))
    trained.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    trained.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    specials = ["<unk>", "<s>", "</s>"]
    trainer = trainers.BpeTrainer(vocab_size=110, special_tokens=specials, limit_alphabet=60, show_progress=False)
    trained.train_from_iterator(CORPUS, trainer)
    learned = json.loads(trained.to_str())["model"]

    words = specials + [f"<0x{byte:02X}>" for byte in range(256)]
    words += [w for w in sorted(learned["vocab"], key=learned["vocab"].get) if w not in specials]
    tokenizer = Tokenizer(models.BPE(
        vocab={w: i for i, w in enumerate(words)}, merges=[tuple(m) for m in learned["merges"]],
        unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.add_special_tokens(specials)
    tokenizer.normalizer = trained.normalizer
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)])
    tokenizer.decoder = decoders.Sequence([
        decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    vocabulary = tokenizer.get_vocab_size()
    torch.manual_seed(2)
    model = transformers.LlamaForCausalLM(transformers.LlamaConfig(
        vocab_size=vocabulary, hidden_size=16, intermediate_size=24, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, head_dim=6, max_position_embeddings=20,
        rms_norm_eps=1e-3, rope_parameters={"rope_theta": 500.0, "rope_type": "default"},
        tie_word_embeddings=False, attention_bias=True, mlp_bias=True, bos_token_id=1, eos_token_id=2)).eval()
    randomise(model)
    save(name, model, tokenizer, vocabulary)


SIZES = dict(vocab_size=70, max_position_embeddings=24, bos_token_id=1, eos_token_id=2)
LLAMA_SIZES = dict(
    SIZES, hidden_size=16, intermediate_size=24, num_hidden_layers=3, num_attention_heads=4,
    num_key_value_heads=2, rms_norm_eps=1e-4)
NEOX_SIZES = dict(
    SIZES, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
    layer_norm_eps=1e-4, rope_parameters={"rope_type": "default", "rope_theta": 100.0, "partial_rotary_factor": 0.5})
LLAMA3_ROPE = {
    "rope_type": "llama3", "rope_theta": 500.0, "factor": 8.0, "low_freq_factor": 1.0,
    "high_freq_factor": 4.0, "original_max_position_embeddings": 12}
YARN_ROPE = {
    "rope_type": "yarn", "rope_theta": 60.0, "factor": 3.0, "original_max_position_embeddings": 8, "beta_fast": 3.0,
    "beta_slow": 0.5}
PHI3_SIZES = dict(LLAMA_SIZES, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1, pad_token_id=0)
LONG_ROPE = {
    "rope_type": "longrope", "rope_theta": 60.0, "short_factor": [1.0, 1.5, 2.0], "long_factor": [1.2, 3.0, 5.0]}
LATER_GEMMA = dict(
    head_dim=6, rms_norm_eps=1e-4, query_pre_attn_scalar=9, sliding_window=4, hidden_size=16, intermediate_size=24,
    num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2)


def family(name, seed, kind, dtype=torch.float32, shard_size="1GB", **sizes):
    config = transformers.CONFIG_MAPPING[kind](**sizes)
    torch.manual_seed(seed)
    model = transformers.AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval()
    randomise(model)
    folder = DATA / name
    shutil.rmtree(folder, ignore_errors=True)
    model = model.to(dtype)
    model.save_pretrained(folder, max_shard_size=shard_size)
    (folder / "generation_config.json").unlink(missing_ok=True)
    for weights in folder.glob("*.safetensors"):
        weights.chmod(0o644)
    # What was stored, computed in float32: a cast model would keep its rotary angles in half precision.
    model = transformers.AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager").eval()
    generator = torch.Generator().manual_seed(seed)
    ids = torch.randint(0, model.config.vocab_size, (24,), generator=generator).tolist()
    expected = {
        "made_with": {m.__name__: m.__version__ for m in (torch, transformers)},
        "logits": logits_of(model, [(ids, [0, 1, 6, 11, 17, 23]), (ids[::-1][:9], [3, 8])]),
    }
    (folder / "expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n", encoding="utf-8")
    print(folder, sum(f.stat().st_size for f in folder.iterdir()), "bytes")


MODELS = {
    "tiny_gpt2": gpt2,
    "tiny_llama": llama,
    "tiny_llama3": lambda name: family(
        name, 3, kind="llama", **LLAMA_SIZES, rope_parameters=LLAMA3_ROPE, tie_word_embeddings=True),
    "tiny_llama_linear": lambda name: family(
        name, 4, kind="llama", **LLAMA_SIZES,
        rope_parameters={"rope_type": "linear", "rope_theta": 50.0, "factor": 2.5}),
    "tiny_mistral": lambda name: family(name, 5, kind="mistral", **LLAMA_SIZES, head_dim=6, sliding_window=5),
    "tiny_qwen2": lambda name: family(
        name, 6, kind="qwen2", **LLAMA_SIZES, use_sliding_window=True, sliding_window=4, max_window_layers=2),
    "tiny_qwen3": lambda name: family(name, 7, kind="qwen3", **LLAMA_SIZES, head_dim=8, tie_word_embeddings=True),
    "tiny_gpt_neox": lambda name: family(name, 8, kind="gpt_neox", **NEOX_SIZES),
    "tiny_gpt_neox_serial": lambda name: family(
        name, 9, kind="gpt_neox", **NEOX_SIZES, use_parallel_residual=False),
    "tiny_gpt_neo": lambda name: family(
        name, 10, kind="gpt_neo", **SIZES, hidden_size=16, num_layers=3, num_heads=4, intermediate_size=40,
        attention_types=[[["global", "local"], 1], [["local"], 1]], window_size=5, layer_norm_epsilon=1e-4),
    "tiny_gpt2_scaled": lambda name: family(
        name, 11, kind="gpt2", vocab_size=70, n_positions=24, n_embd=16, n_layer=2, n_head=4,
        scale_attn_weights=False, scale_attn_by_inverse_layer_idx=True, bos_token_id=1, eos_token_id=2),
    "tiny_llama_yarn": lambda name: family(
        name, 15, kind="llama", **LLAMA_SIZES, head_dim=8, rope_parameters=YARN_ROPE, tie_word_embeddings=True),
    "tiny_llama_yarn_mscale": lambda name: family(
        name, 16, kind="llama", **LLAMA_SIZES, head_dim=8, tie_word_embeddings=True,
        rope_parameters=dict(YARN_ROPE, mscale=0.7, mscale_all_dim=2.0, truncate=False)),
    # The longer of the two texts is longer than the context from which it is stretched.
    "tiny_llama_dynamic": lambda name: family(
        name, 17, kind="llama", **dict(LLAMA_SIZES, max_position_embeddings=12), tie_word_embeddings=True,
        rope_parameters={"rope_type": "dynamic", "rope_theta": 60.0, "factor": 2.0}),
    "tiny_gptj": lambda name: family(
        name, 18, kind="gptj", vocab_size=70, n_positions=24, n_embd=16, n_layer=2, n_head=2, n_inner=24, rotary_dim=4,
        bos_token_id=1, eos_token_id=2),
    "tiny_opt": lambda name: family(
        name, 19, kind="opt", **SIZES, hidden_size=16, num_hidden_layers=2, num_attention_heads=4, ffn_dim=24),
    "tiny_phi3": lambda name: family(
        name, 20, kind="phi3", **PHI3_SIZES, sliding_window=5,
        rope_parameters={"rope_type": "default", "rope_theta": 60.0, "partial_rotary_factor": 0.75}),
    "tiny_phi3_longrope": lambda name: family(
        name, 21, kind="phi3", **PHI3_SIZES, tie_word_embeddings=True,
        original_max_position_embeddings=12, rope_parameters=dict(LONG_ROPE, partial_rotary_factor=0.75)),
    "tiny_granite": lambda name: family(
        name, 22, kind="granite", **LLAMA_SIZES, embedding_multiplier=1.7, residual_multiplier=0.6,
        attention_multiplier=0.3, logits_scaling=3.0, mlp_bias=True, attention_bias=True, tie_word_embeddings=True),
    "tiny_smollm3": lambda name: family(
        name, 23, kind="smollm3", **LLAMA_SIZES, pad_token_id=0, no_rope_layers=[1, 0, 1], use_sliding_window=True,
        sliding_window=5),
    "tiny_gemma": lambda name: family(
        name, 24, kind="gemma", **LLAMA_SIZES, head_dim=6, tie_word_embeddings=True),
    "tiny_gemma2": lambda name: family(
        name, 25, kind="gemma2", **SIZES, **LATER_GEMMA, attn_logit_softcapping=2.0, final_logit_softcapping=3.0),
    "tiny_gemma3": lambda name: family(
        name, 26, kind="gemma3_text", **SIZES, **LATER_GEMMA, layer_types=[
            "sliding_attention", "full_attention", "sliding_attention"],
        rope_parameters={
            "sliding_attention": {"rope_type": "default", "rope_theta": 50.0},
            "full_attention": {"rope_type": "linear", "rope_theta": 500.0, "factor": 2.0}}),
    "tiny_olmo2": lambda name: family(
        name, 27, kind="olmo2", **LLAMA_SIZES, pad_token_id=0, tie_word_embeddings=True),
    "tiny_sharded": lambda name: family(name, 12, kind="llama", shard_size="8KB", **LLAMA_SIZES),
    "tiny_bfloat16": lambda name: family(name, 13, kind="qwen2", dtype=torch.bfloat16, **LLAMA_SIZES),
    "tiny_float16": lambda name: family(name, 14, kind="gpt_neox", dtype=torch.float16, **NEOX_SIZES),
}


if __name__ == "__main__":
    for name in sys.argv[1:] or MODELS:
        MODELS[name](name)
