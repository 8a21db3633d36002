#!/usr/bin/env python3
"""Times a full fine-tuning step as it is written with transformers: forward, next-token loss over
every token, backward, SGD with momentum and weight decay. Prints JSON."""
import argparse
import json

import torch
import transformers

from batch import load_batch, peak_rss_mib, set_threads, time_calls


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="a directory in the Hugging Face layout")
    parser.add_argument("--task", required=True)
    parser.add_argument("--attention", choices=["eager", "sdpa"], default="eager")
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--warm-up", type=int, default=3)
    parser.add_argument("--threads", type=int, default=0, help="0: torch's own choice")
    options = parser.parse_args()

    threads = set_threads(options.threads)
    batch = load_batch(options.model, options.task)
    model = transformers.AutoModelForCausalLM.from_pretrained(
        options.model, dtype=torch.float32, attn_implementation=options.attention)
    model.eval()  # no dropout; gradients flow all the same
    optimizer = torch.optim.SGD(
        model.parameters(), lr=1e-3, momentum=0.9, weight_decay=1e-4)
    losses = []

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = model(input_ids=batch["ids"], labels=batch["ids"], use_cache=False).loss
        loss.backward()
        optimizer.step()
        losses.append(loss.item())

    rss_loaded = peak_rss_mib()
    times = time_calls(step, options.steps, options.warm_up)
    print(json.dumps({
        "what": "plain step", "by": f"torch {torch.__version__}, "
        f"transformers {transformers.__version__}, {options.attention}", "model": options.model,
        "threads": threads, "batch": list(batch["ids"].shape), **times,
        "first_loss": losses[0], "last_loss": losses[-1], "loaded_rss_mib": rss_loaded,
        "peak_rss_mib": peak_rss_mib()}))


if __name__ == "__main__":
    main()
