#!/usr/bin/env bash
# run_docs.sh ROOT BIN [PAGE…]: runs the commands that README.md and the pages of resources/docs show
# in indented blocks, in their order, each page in a folder of its own. Fails where one of them fails,
# where a line of commands_not_run.txt names none, and where what figures_in_docs.txt lists is not what
# the commands print. With VERBOSE set each command is named with the seconds that it took.
#
# The files that a page takes to be there are stand-ins (stand_ins): the demo's runs with batches of
# two. What only takes time is made short (circuitloom-cli, circuitloom); options that a page gives stay.
set -u
root=$1
bin=$2
shift 2
here=$(dirname "$(realpath "$0")")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PATH=$bin:$PATH HOME=$scratch/home OMP_NUM_THREADS=1 QT_QPA_PLATFORM=offscreen
mkdir -p "$HOME"
failures=0
if ! command -v sqlite3 >/dev/null; then
    echo "skipped: sqlite3, with which some pages ask a file, is not installed"
    exit 77
fi

fail() {
    echo "$*"
    failures=$((failures + 1))
}

# --- What the pages take to be there ------------------------------------------------------------------

quick="--set run.batch=2 --set run.evaluate_every=60 --set run.evaluation_items=8
    --set circuit.probe_examples=2"

make_stand_ins() (
    cd "$scratch" && mkdir made && cd made || exit 1
    circuit="$quick --set circuit.score_on=probe --set circuit.resamples=4"
    # Two runs with a circuit at each of 121 iterations and different numbers of edges, and a LoRA run.
    command circuitloom-cli tune --preset sv-disagreement $circuit \
        --set checkpoint.every=20 --set checkpoint.keep=10 --sweep circuit.top_n=30,10 -o all.loom
    command circuitloom-cli tune --preset sv-disagreement $quick --no-capabilities \
        --set circuit.method=lora -o all.loom
    command circuitloom-cli models export demo -o model
    mkdir output
    command circuitloom-cli models export demo -o output/checkpoint-0
    command circuitloom-cli models export all.loom --run 1 -o output/checkpoint-120
    echo '{"prompt": "the keys", "choices": [" are", " is"], "answer": 0}' >suite.jsonl
    for verb in "keys are is" "dogs run runs" "books were was" "keys run runs"; do
        set -- $verb
        text="the $1 near the cabinet $3"
        echo "{\"text\": \"$text\", \"spans\": [{\"start\": $((${#text} - ${#3} - 1)), \"end\":" \
            "${#text}, \"alternative\": \" $2\"}]}"
    done >task.jsonl
    cat >run.toml <<'TOML'
name = "my run"
[task]
train = "task.jsonl"
held_out = "task.jsonl"
[run]
steps = 2
TOML
)

# In the folder of a page, under the names that the pages use.
stand_ins() {
    local made=$scratch/made name
    for name in FILE run my-run compare three sv big sweep-n demo; do
        cp "$made/all.loom" "$name.loom"
    done
    mkdir -p path/to resources
    ln -s "$made/model" path/to/model
    ln -s "$made/model" MODEL
    ln -s "$made/model" DIRECTORY
    ln -s "$made/output" output
    cp -r "$root/resources/samples" resources/samples 2>/dev/null # a tree of the tests has none
    for name in task my-task heldout my-held-out; do
        cp "$made/task.jsonl" "$name.jsonl"
    done
    cp "$made/suite.jsonl" blimp.jsonl
    cp "$made/run.toml" run.toml
    cp "$made/run.toml" my-run.toml
}

# --- The programs, with what only takes time made short -----------------------------------------------

circuitloom-cli() {
    local shorter=()
    case "$*" in
    tune*) shorter=($quick --set run.steps=2 --no-capabilities) ;;
    runs*--transfer*--examples* | runs*--graft* | runs*--swap*) shorter=(--cells 1) ;;
    runs*--transfer*) shorter=(--cells 1 --examples 4) ;;
    discover*--examples* | faithfulness*--examples* | ablate*--examples* | evaluate*--examples*) ;;
    discover* | faithfulness* | ablate*) shorter=(--examples 4) ;;
    evaluate*--circuit*) shorter=(--examples 4 --minimality-edges 2) ;;
    evaluate*) shorter=(--examples 4) ;;
    esac
    command circuitloom-cli "$@" "${shorter[@]}"
}

circuitloom() {
    case "$1 $*" in
    export*.mp4* | export*.webm*) command circuitloom "$@" --size 320x200 --fps 2 ;;
    *) command circuitloom "$@" ;;
    esac
}

# --- The commands -------------------------------------------------------------------------------------

# The commands of a page, a line each: those in indented blocks, with the lines that go on below.
commands_of() {
    awk '
        function quotes(text,   count) { count = gsub(/"/, "\"", text); return count % 2 }
        function apostrophes(text,   count) { count = gsub(/\047/, "\047", text); return count % 2 }
        going { sub(/^ +/, ""); line = line (continued ? " " : "\n") $0 }
        !going && /^    (circuitloom-cli|circuitloom export|circuitloom report|sqlite3|edges=)/ {
            line = $0
            sub(/^ +/, "", line)
            going = 1
        }
        going {
            continued = sub(/ *\\$/, "", line)
            if (!continued && !quotes(line) && !apostrophes(line)) {
                gsub(/\n/, " ", line)
                print line
                going = 0
            }
        }' "$1"
}

entries_of() {
    grep -v '^ *\(#\|$\)' "$here/$1"
}

# Whether a command is one of those that are not run.
is_left_out() {
    local line pattern
    while IFS= read -r line; do
        pattern=$(sed 's/ *=> .*//' <<<"$line")
        if [[ $1 == $pattern ]]; then
            echo "$pattern" >>"$scratch/used"
            return 0
        fi
    done < <(entries_of commands_not_run.txt)
    return 1
}

run_page() {
    local page=$1 folder command number=0 skipped=0 began status
    folder=$scratch/$(basename "$page")
    mkdir -p "$folder/printed"
    cd "$folder" || exit 1
    stand_ins
    while IFS= read -r command; do
        if is_left_out "$command"; then
            skipped=$((skipped + 1))
            continue
        fi
        if [[ $command == "circuitloom "* && ! -x $bin/circuitloom ]]; then
            continue # the core alone
        fi
        number=$((number + 1))
        began=$SECONDS
        # R, of a run of the method lora, is the only name that is no file's.
        eval "${command//--run R /--run 3 }" >printed/out 2>printed/err </dev/null
        status=$?
        { echo "\$ $command"; cat printed/out printed/err; } | tr '\r' '\n' >>printed/all
        if [[ $status != 0 ]]; then
            fail "$page: exit code $status of: $command"
            tail -3 printed/err
        fi
        [[ -n ${VERBOSE:-} ]] && echo "$((SECONDS - began)) s: $command"
    done < <(commands_of "$root/$page")
    echo "$page: $number commands run, $skipped not"
}

# The indented lines of a page below a heading that are no commands: each must have the words, in their
# order, of a line that the page's commands print; so a page may leave out lines and columns.
compare_shown() {
    local page=$1 heading=$2
    awk -v heading="$heading" '
        FNR == NR { printed[++lines] = $0; next }
        /^#/ { below = $0 == heading; shown_here += below }
        below && /^    / && !/^    circuitloom/ {
            for (line = 1; line <= lines; line++) {
                count = split(printed[line], words)
                next_one = 1
                for (word = 1; word <= count && next_one <= NF; word++)
                    next_one += words[word] == $next_one
                if (next_one > NF)
                    next
            }
            print "not printed: " $0
        }
        END { if (!shown_here) print "there is no heading " heading }
    ' "$scratch/$(basename "$page")/printed/all" "$root/$page"
}

compare_figures() {
    local line page text printed problem
    while IFS= read -r line; do
        page=$(sed 's/ *=> .*//' <<<"$line")
        text=$(sed 's/^[^>]*=> *//; s/ *=> .*//' <<<"$line")
        printed=${line##*=> }
        [[ -e $scratch/$(basename "$page")/printed/all ]] || continue
        if [[ $printed == "*" ]]; then
            while IFS= read -r problem; do
                fail "$page: $problem"
            done < <(compare_shown "$page" "$text")
            continue
        fi
        tr -s ' \n' ' ' <"$root/$page" | grep -qF -- "$text" || fail "$page no longer says: $text"
        grep -qE -- "$printed" "$scratch/$(basename "$page")/printed/all" \
            || fail "$page says: $text; but its commands print no: $printed"
    done < <(entries_of figures_in_docs.txt)
}

make_stand_ins >"$scratch/made.log" 2>&1
if [[ ! -e $scratch/made/run.toml ]]; then
    cat "$scratch/made.log"
    echo "The stand-ins could not be made."
    exit 1
fi
cd "$root" || exit 1
pages=("$@")
if [[ $# == 0 ]]; then
    pages=(README.md resources/docs/*.md)
fi
for page in "${pages[@]}"; do
    [[ -n $(commands_of "$root/$page") ]] && run_page "$page"
done
compare_figures
if [[ $# == 0 ]]; then
    while IFS= read -r pattern; do
        grep -qxF -- "$pattern" "$scratch/used" || fail "commands_not_run.txt: no page shows $pattern"
    done < <(entries_of commands_not_run.txt | sed 's/ *=> .*//')
fi
if [[ $failures != 0 ]]; then
    echo "$failures failures"
    exit 1
fi
