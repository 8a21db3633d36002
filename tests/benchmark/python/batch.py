"""What both Python programs of the comparison share: the batch, clocks and peak memory."""
import json
import resource
import statistics
import time

import tokenizers
import torch


def load_batch(model, task):
    """Ids of the texts, [example, position], and per example the position that is scored, its
    target and its alternative; `corrupted` where every text has one. Texts are of equal length."""
    tokenizer = tokenizers.Tokenizer.from_file(f"{model}/tokenizer.json")

    def encode(text):
        return tokenizer.encode(text, add_special_tokens=False).ids

    ids, corrupted, scored = [], [], []
    with open(task, encoding="utf-8") as lines:
        for example in map(json.loads, lines):
            span = example["spans"][0]
            clean = encode(example["text"])
            other = encode(
                example["text"][: span["start"]] + span["alternative"] + example["text"][span["end"]:])
            at = next(i for i, (a, b) in enumerate(zip(clean, other)) if a != b)
            scored.append((at - 1, clean[at], other[at]))
            ids.append(clean)
            if "corrupted" in example:
                corrupted.append(encode(example["corrupted"]))
    position, target, alternative = torch.tensor(scored).T
    return {"ids": torch.tensor(ids), "position": position, "target": target,
            "alternative": alternative,
            "corrupted": torch.tensor(corrupted) if len(corrupted) == len(ids) else None}


def set_threads(threads):
    if threads:
        torch.set_num_threads(threads)
    return torch.get_num_threads()


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _status_mib(field):
    with open("/proc/self/status", encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024


def peak_rss_mib():
    """The most resident memory since the start, or since reset_peak_rss()."""
    return _status_mib("VmHWM:")


def reset_peak_rss():
    """Forgets the peak of what came before (loading holds the weights twice) and returns what is
    resident now, in MiB."""
    with open("/proc/self/clear_refs", "w", encoding="ascii") as clear:
        clear.write("5")
    return _status_mib("VmRSS:")


def time_calls(work, calls, warm_up):
    """Medians over `calls` calls of `work`, after `warm_up` that are not counted."""
    wall, cpu = [], []
    for call in range(warm_up + calls):
        before, cpu_before = time.perf_counter(), cpu_seconds()
        work()
        if call >= warm_up:
            wall.append(time.perf_counter() - before)
            cpu.append(cpu_seconds() - cpu_before)
    return {"wall_ms": 1000 * statistics.median(wall), "fastest_ms": 1000 * min(wall),
            "cpu_ms": 1000 * statistics.median(cpu), "calls": calls}
