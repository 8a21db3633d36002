#!/usr/bin/env python3
"""Measures what `circuitloom-cli tune` holds, beside what `circuitloom-cli estimate` says of it.

    tests/benchmark/python/measure_memory.py FAMILY LAYERS WIDTH VOCABULARY [LAYERS WIDTH VOCABULARY ...] PROGRAM

PROGRAM is circuitloom-cli with its circuitloom-cli-engine beside it. The models are of the family gpt2 or
llama (whose MLPs have a gate), with heads of 64, MLPs four times as wide, and random weights, the batches 16 texts of 44 tokens, in float32 on the processor. A run takes two
steps with the circuit of the first one, so that what it opened is known, and discovers once more at the
end. Measured is the most anonymous memory (RssAnon) of the process, looked at a thousand times a second,
less what the program holds for `devices`. Prints a row of the table in resources/docs/scaling.md for each
model, in MiB. Needs Linux, Python and twice the model's weights on the disk.
"""

import array
import json
import pathlib
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

TOKENS, BATCH = 44, 16
RUNS = [
    ("circuit.method=circuit", "graph.mlp_group_size=0", "circuit.top_n=300", "optimizer.kind=sgd"),
    ("circuit.method=circuit", "graph.mlp_group_size=64", "circuit.top_n=100", "optimizer.kind=sgd"),
    ("circuit.method=full", "graph.mlp_group_size=0", "circuit.top_n=300", "optimizer.kind=adamw"),
]


def llama_shapes(layers, width, vocabulary):
    found = {"model.embed_tokens.weight": [vocabulary, width]}
    for layer in range(layers):
        h = f"model.layers.{layer}."
        for name in ("q_proj", "k_proj", "v_proj", "o_proj"):
            found[f"{h}self_attn.{name}.weight"] = [width, width]
        found |= {h + "mlp.gate_proj.weight": [4 * width, width], h + "mlp.up_proj.weight": [4 * width, width],
                  h + "mlp.down_proj.weight": [width, 4 * width], h + "input_layernorm.weight": [width],
                  h + "post_attention_layernorm.weight": [width]}
    return found | {"model.norm.weight": [width]}


def gpt2_shapes(layers, width, vocabulary):
    found = {"wte.weight": [vocabulary, width], "wpe.weight": [64, width]}
    for layer in range(layers):
        h = f"h.{layer}."
        found |= {h + "ln_1.weight": [width], h + "ln_1.bias": [width],
                  h + "attn.c_attn.weight": [width, 3 * width], h + "attn.c_attn.bias": [3 * width],
                  h + "attn.c_proj.weight": [width, width], h + "attn.c_proj.bias": [width],
                  h + "ln_2.weight": [width], h + "ln_2.bias": [width],
                  h + "mlp.c_fc.weight": [width, 4 * width], h + "mlp.c_fc.bias": [4 * width],
                  h + "mlp.c_proj.weight": [4 * width, width], h + "mlp.c_proj.bias": [width]}
    found |= {"ln_f.weight": [width], "ln_f.bias": [width]}
    return {"transformer." + name: shape for name, shape in found.items()}


def write_model(folder, family, layers, width, vocabulary):
    """The demo model's tokenizer, whose tokens are the vocabulary's first ones."""
    demo = pathlib.Path(__file__).resolve().parents[3] / "resources/models/demo"
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(demo / name, folder / name)
    config = json.loads((demo / "config.json").read_text())
    config |= {"n_layer": layers, "n_head": width // 64, "n_embd": width, "n_inner": 4 * width,
               "vocab_size": vocabulary}
    shapes = gpt2_shapes
    if family == "llama":
        shapes = llama_shapes
        config = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": width,
                  "num_hidden_layers": layers, "num_attention_heads": width // 64,
                  "intermediate_size": 4 * width, "max_position_embeddings": 64, "rms_norm_eps": 1e-5,
                  "vocab_size": vocabulary, "hidden_act": "silu", "tie_word_embeddings": True,
                  "rope_theta": 10000.0}
    (folder / "config.json").write_text(json.dumps(config))
    header, at = {}, 0
    for name, shape in shapes(layers, width, vocabulary).items():
        size = 4 * shape[0] * (shape[1] if len(shape) > 1 else 1)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    draw = random.Random(1)
    normal = array.array("f", (draw.gauss(0, 0.02) for _ in range(1 << 18)))
    with open(folder / "model.safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name, entry in header.items():
            count = (entry["data_offsets"][1] - entry["data_offsets"][0]) // 4
            if "ln_" in name or "norm" in name:
                file.write(array.array("f", [0.0 if name.endswith("bias") else 1.0]) * count)
                continue
            while count > 0: # from another place each time
                first = draw.randrange(len(normal))
                some = normal[first:first + count]
                file.write(some)
                count -= len(some)


def write_task(file):
    text = "the" + " cats" * (TOKENS - 1)
    span = {"start": len(text) - 5, "end": len(text), "alternative": " dogs"}
    line = json.dumps({"text": text, "spans": [span]}) + "\n"
    file.write_text(line * (2 * BATCH))


def most_held(command):
    """Runs it; the most bytes of anonymous memory that it had, in MiB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    most = 0
    while process.poll() is None:
        try:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        except OSError:
            break
        for line in status.splitlines():
            if line.startswith("RssAnon:"):
                most = max(most, int(line.split()[1]))
        time.sleep(0.001)
    if process.wait() != 0:
        sys.exit(process.stderr.read().decode())
    return most / 1024


def settings(folder, which):
    common = ["run.steps=2", "circuit.discover_every=2", f"run.batch={BATCH}", "run.evaluate_every=0",
              "task.held_out=", "task.reference=", "checkpoint.seconds=0", f"task.train={folder / 'task.jsonl'}",
              f"model={folder}", "device=cpu", "checkpoint.keep=1"]
    return [part for setting in [*common, *which] for part in ("--set", setting)]


def measure(program, folder, which):
    chosen = ["--preset", "sv-disagreement", "--no-capabilities", *settings(folder, which)]
    file = folder / "run.loom"
    held = most_held([program, "tune", *chosen, "-o", str(file)])
    with sqlite3.connect(file) as database:
        opened, parameters = database.execute(
            "SELECT tunable_count, parameters FROM iteration JOIN run USING (run_id)"
            " ORDER BY iteration LIMIT 1").fetchone()
    file.unlink()
    config = json.loads((folder / "config.json").read_text())
    blocks = parameters - config["vocab_size"] * (config.get("n_embd") or config["hidden_size"])
    share = min(1, opened / blocks)
    found = json.loads(subprocess.run([program, "estimate", *chosen, "--json", "--longest", str(TOKENS),
                                       "--opened", str(share)], check=True, stdout=subprocess.PIPE).stdout)
    return share, found["memory_where_opened"], held


def main():
    family, *sizes, program = sys.argv[1:]
    sizes = [int(size) for size in sizes]
    without = most_held([program, "devices"])
    print(f"{without:.0f} MiB without a run", file=sys.stderr)
    for layers, width, vocabulary in zip(*[iter(sizes)] * 3):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            write_model(folder, family, layers, width, vocabulary)
            write_task(folder / "task.jsonl")
            row = f"| {family} {layers} × {width}, {vocabulary:,} |"
            for which in RUNS:
                share, memory, held = measure(program, folder, which)
                estimated = memory["total"]
                row += f" {estimated / 2**20:,.0f} | {held - without:,.0f} |"
                parts = ", ".join(f"{k} {v / 2**20:.0f}" for k, v in memory.items())
                print(f"{which[0]} {which[1]}: {share:.4f} of the blocks; {parts}", file=sys.stderr)
            print(row, flush=True)


if __name__ == "__main__":
    main()
