#!/usr/bin/env python3
"""Scores every edge by edge attribution patching in PyTorch, the way it is commonly done there.

TransformerLens's HookedTransformer gives every head its own copy of the residual stream
(use_split_qkv_input, use_hook_mlp_in) and its own output (use_attn_result). Forward hooks keep
baseline minus clean outputs of all nodes in one tensor, [batch, position, node, d_model]; backward
hooks multiply it with each node's gradient. Written from the descriptions in arXiv 2310.10348 and
2403.17806. The metric is the logit difference, every position counts. Prints times and memory as
JSON; --scores names a file for the scores.
"""
import argparse
import json
import re

import torch
import transformers
from transformer_lens import HookedTransformer, HookedTransformerConfig
from transformer_lens.pretrained.weight_conversions import (
    convert_gpt2_weights, convert_llama_weights)

from batch import load_batch, peak_rss_mib, reset_peak_rss, set_threads, time_calls


def hooked_model(directory, dtype, lean):
    source = transformers.AutoModelForCausalLM.from_pretrained(directory, dtype=dtype)
    config = source.config
    llama = config.model_type == "llama"
    if llama:
        kv_heads = config.num_key_value_heads
        sizes = {
            "n_layers": config.num_hidden_layers, "n_heads": config.num_attention_heads,
            "d_model": config.hidden_size, "d_mlp": config.intermediate_size,
            "d_head": config.hidden_size // config.num_attention_heads,
            "n_ctx": min(config.max_position_embeddings, 1024), "eps": config.rms_norm_eps,
            "act_fn": config.hidden_act, "normalization_type": "RMS", "final_rms": True,
            "gated_mlp": True, "positional_embedding_type": "rotary",
            "rotary_base": config.rope_parameters["rope_theta"], "rotary_adjacent_pairs": False,
            "rotary_dim": config.hidden_size // config.num_attention_heads,
            "n_key_value_heads": kv_heads if kv_heads < config.num_attention_heads else None}
    else:
        sizes = {
            "n_layers": config.n_layer, "n_heads": config.n_head, "d_model": config.n_embd,
            "d_mlp": config.n_inner or 4 * config.n_embd, "d_head": config.n_embd // config.n_head,
            "n_ctx": config.n_positions, "eps": config.layer_norm_epsilon,
            "act_fn": config.activation_function, "normalization_type": "LN"}
    hooked = HookedTransformer(HookedTransformerConfig(
        d_vocab=config.vocab_size, device="cpu", dtype=dtype, init_weights=False, **sizes))
    convert = convert_llama_weights if llama else convert_gpt2_weights
    hooked.load_state_dict(convert(source, hooked.cfg), strict=False)
    hooked.cfg.use_attn_result = not lean
    hooked.cfg.use_split_qkv_input = True
    hooked.cfg.use_hook_mlp_in = True
    if llama and hooked.cfg.n_key_value_heads:
        # The description's code asks for it; each query head then has its own key and value.
        hooked.cfg.ungroup_grouped_query_attention = True
    if lean:
        for parameter in hooked.parameters():
            parameter.requires_grad_(False)
        hooked.embed.W_E.requires_grad_(True)  # something must, for gradients to flow
    return hooked


class Nodes:
    """Which hooks hold the nodes' outputs and inputs, and their places among all nodes."""

    def __init__(self, cfg, lean):
        self.upstream = ["input"]
        self.downstream = []
        self.outputs = [("blocks.0.hook_resid_pre", slice(0, 1))]  # token and position embedding
        self.inputs = []  # hook, how many upstream nodes precede it, its places downstream
        heads = range(cfg.n_heads)
        for layer in range(cfg.n_layers):
            block = f"blocks.{layer}."
            for kind in "qkv":
                self._read(f"{block}hook_{kind}_input", [f"a{layer}.h{h}<{kind}>" for h in heads])
            self._write(f"{block}attn.hook_{'z' if lean else 'result'}",
                        [f"a{layer}.h{h}" for h in heads])
            self._read(f"{block}hook_mlp_in", [f"m{layer}"])
            self._write(f"{block}hook_mlp_out", [f"m{layer}"])
        self._read(f"blocks.{cfg.n_layers - 1}.hook_resid_post", ["logits"])

    def _write(self, hook, names):
        self.outputs.append((hook, slice(len(self.upstream), len(self.upstream) + len(names))))
        self.upstream += names

    def _read(self, hook, names):
        place = slice(len(self.downstream), len(self.downstream) + len(names))
        self.inputs.append((hook, len(self.upstream), place))
        self.downstream += names


def by_head(tensor):
    """[batch, position, head, d_model], whether or not the hook has heads."""
    return tensor if tensor.dim() == 4 else tensor.unsqueeze(2)


def logit_difference(logits, batch):
    rows = logits[torch.arange(len(logits)), batch["position"]]
    target = rows.gather(1, batch["target"].unsqueeze(1))
    return (target - rows.gather(1, batch["alternative"].unsqueeze(1))).mean()


def edge_scores(model, nodes, batch, baseline):
    """[upstream, downstream]; positive where keeping the edge raises the metric."""
    ids = batch["ids"]
    dtype = model.cfg.dtype
    difference = torch.zeros(
        *ids.shape, len(nodes.upstream), model.cfg.d_model, dtype=dtype)
    scores = torch.zeros(len(nodes.upstream), len(nodes.downstream), dtype=dtype)

    def keep(place, sign):
        def hook(activation, hook):
            written = activation.detach()
            if hook.name.endswith("hook_z"):
                weight = model.blocks[hook.layer()].attn.W_O.detach()
                written = torch.einsum("bphz,hzd->bphd", written, weight)
            difference[:, :, place] += sign * by_head(written)
        return hook

    def attribute(preceding, place):
        def hook(gradient, hook):
            scores[:preceding, place] += torch.einsum(
                "bpuh,bpdh->ud", difference[:, :, :preceding], by_head(gradient))
        return hook

    if baseline != "zero":
        with torch.no_grad():
            model.run_with_hooks(
                batch["corrupted"] if baseline == "corrupted" else ids, return_type="logits",
                fwd_hooks=[(name, keep(place, -1)) for name, place in nodes.outputs])
        if baseline == "mean":
            difference[:] = difference.mean((0, 1))
    with model.hooks(
            fwd_hooks=[(name, keep(place, 1)) for name, place in nodes.outputs],
            bwd_hooks=[(name, attribute(before, place)) for name, before, place in nodes.inputs]):
        logit_difference(model(ids, return_type="logits"), batch).backward()
    model.zero_grad(set_to_none=True)
    return scores


def write_scores(path, cfg, nodes, scores):
    """In the shape of `circuitloom-cli discover -o`. A key or value head that query heads share
    gets the sum of their scores."""
    share = cfg.n_heads // (cfg.n_key_value_heads or cfg.n_heads)
    summed = {}
    for _, before, place in nodes.inputs:
        for d in range(place.start, place.stop):
            layer, head, kind = re.fullmatch(
                r"(?:(a\d+\.h)(\d+)(<.>))?.*", nodes.downstream[d]).groups()
            grouped = kind in ("<k>", "<v>")
            target = f"{layer}{int(head) // share}{kind}" if grouped else nodes.downstream[d]
            for u in range(before):
                edge = nodes.upstream[u], target
                summed[edge] = summed.get(edge, 0.0) + scores[u, d].item()
    edges = [{"source": source, "target": target, "score": score}
             for (source, target), score in summed.items()]
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"edges": edges}, out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="a directory in the Hugging Face layout")
    parser.add_argument("--task", required=True)
    parser.add_argument("--baseline", choices=["mean", "zero", "corrupted"], default="mean")
    parser.add_argument("--dtype", choices=["float32", "float64"], default="float32")
    parser.add_argument("--lean", action="store_true", help="what a careful user would change: no "
                        "gradients of parameters, heads' outputs by one product instead of "
                        "use_attn_result, which multiplies entry by entry")
    parser.add_argument("--calls", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0, help="0: torch's own choice")
    parser.add_argument("--scores", help="write every edge's score to this file")
    options = parser.parse_args()

    threads = set_threads(options.threads)
    batch = load_batch(options.model, options.task)
    model = hooked_model(options.model, getattr(torch, options.dtype), options.lean)
    nodes = Nodes(model.cfg, options.lean)
    found = {}

    def discover():
        found["scores"] = edge_scores(model, nodes, batch, options.baseline)

    peak_loading = peak_rss_mib()
    loaded = reset_peak_rss()
    times = time_calls(discover, options.calls, options.warm_up)
    peak = peak_rss_mib()
    if options.scores:
        write_scores(options.scores, model.cfg, nodes, found["scores"])
    print(json.dumps({
        "what": "discover", "by": f"torch {torch.__version__}, transformer-lens"
        + (", lean" if options.lean else ""), "model": options.model, "threads": threads,
        "batch": list(batch["ids"].shape), "baseline": options.baseline, **times,
        "loaded_rss_mib": loaded, "peak_rss_mib": peak,
        "peak_rss_while_loading_mib": peak_loading}))


if __name__ == "__main__":
    main()
