#!/usr/bin/env python3
"""Times how transformers continues the first half of each text of a batch, greedily, all at once, as
`circuitloom-cli bench --generate` does. Prints JSON."""
import argparse
import json

import torch
import transformers

from batch import load_batch, peak_rss_mib, set_threads, time_calls


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="a directory in the Hugging Face layout")
    parser.add_argument("--task", required=True)
    parser.add_argument("--attention", choices=["eager", "sdpa"], default="sdpa")
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("--calls", type=int, default=3)
    parser.add_argument("--warm-up", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0, help="0: torch's own choice")
    options = parser.parse_args()

    threads = set_threads(options.threads)
    ids = load_batch(options.model, options.task)["ids"]
    prompts = ids[:, : ids.shape[1] // 2]
    model = transformers.AutoModelForCausalLM.from_pretrained(
        options.model, dtype=torch.float32, attn_implementation=options.attention).eval()
    made = []

    def generate():
        with torch.no_grad():
            # Texts that end are padded, which does no less work than going on.
            made.append(model.generate(
                prompts, attention_mask=torch.ones_like(prompts), do_sample=False,
                max_new_tokens=options.tokens, min_new_tokens=options.tokens, pad_token_id=0))

    times = time_calls(generate, options.calls, options.warm_up)
    tokens = made[-1].numel() - prompts.numel()
    print(json.dumps({
        "what": "generation", "by": f"torch {torch.__version__}, "
        f"transformers {transformers.__version__}, {options.attention}", "model": options.model,
        "threads": threads, "prompt_tokens": prompts.numel(), "generated_tokens": tokens, **times,
        "tokens_per_second": 1000 * tokens / times["wall_ms"], "peak_rss_mib": peak_rss_mib()}))


if __name__ == "__main__":
    main()
