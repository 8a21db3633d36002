#pragma once

#include "core/base/precision.h"
#include "core/evaluation/circuit_figures.h"
#include "core/graph/computational_graph.h"
#include "core/run/discovery_options.h"
#include "core/store/records.h"
#include "core/tasks/bos_rule.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

/// What `circuitloom-cli evaluate` asks for.
struct EvaluateRequest
{
    std::string model = "demo"; ///< as parse_model_reference() takes it
    /// A task file or a built-in such as `demo/disagreement`; empty where only suites are asked.
    std::string task;
    std::vector<std::string> capabilities; ///< suites, as load_suite() takes them
    int capability_items = 0; ///< at most so many of each suite; 0 for all
    BosRule suite_bos = BosRule::automatic; ///< what stands before the suites' texts

    /// A scores.json or a graph JSON of EAP-IG; empty: the model alone is judged.
    std::string circuit;
    int top_n = 0; ///< the circuit is so many of the best edges; 0: those that the file marks
    bool by_signed_score = false; ///< the best are those of greatest score, not |score|
    /// Where not given, as the file says it was discovered, else mean and target.
    std::optional<Baseline> baseline;
    std::optional<ScoredPositions> positions;
    /// The edges, the node `input` and the complement are those of MIB (arXiv 2504.13151): every
    /// query head has a `<k>` and a `<v>`, `input` is the token without its position, and dead
    /// edges of the complement are pruned. `baseline` and `positions` that nobody gives are then
    /// corrupted and all.
    bool as_mib = false;
    int minimality_edges = 100; ///< so many of the circuit's edges are taken out one at a time

    MetricKind metric = MetricKind::logit_diff;
    int batch = 16;
    int examples = 0; ///< at most so many, drawn with `seed`; 0 for all
    int max_tokens = 128;
    std::uint64_t seed = 1; ///< also of the random circuit
    Precision dtype = Precision::float32;
    std::string device = "auto";
    bool strict = false; ///< a task with targets that look like mistakes is refused
    std::int64_t memory_bytes = std::int64_t{ 1 } << 29; ///< for what ablation holds at a time
    std::function<void(const std::string& what, int done, int total)> progress = {};
};

/// How well a model, or a circuit of it alone, does the task.
struct TaskFigures
{
    double metric = 0;
    double accuracy = 0; ///< share of targets preferred to their alternative
    double exact = 0; ///< share of targets that are the likeliest token of all
    double perplexity = 0; ///< of the task's texts
};

/// A ranking of the edges and the circuit at its head.
struct JudgedRanking
{
    FaithfulnessCurve curve;
    std::optional<CircuitFigures> circuit; ///< nothing where neither top_n nor marks say which
    std::optional<TaskFigures> task; ///< of that circuit, everything else ablated
};

struct CircuitReport
{
    GraphOptions graph;
    int edges = 0; ///< of the whole graph
    Baseline baseline = Baseline::mean;
    ScoredPositions positions = ScoredPositions::target;
    MetricRange range;
    JudgedRanking found; ///< the file's
    JudgedRanking random; ///< as many edges, drawn
    std::vector<std::string> notes; ///< what was not read as it was written
    bool as_mib = false;
    /// A sentence for each way in which these figures are not what MIB's program gives.
    std::vector<std::string> unlike_mib;
};

/// What a model said of one item of a suite.
struct ItemAnswer
{
    struct Choice
    {
        double log_probability = 0; ///< the sum over the scored tokens, in nats
        double bytes = 0; ///< of the choice
        std::vector<std::string> tokens; ///< the scored ones
    };
    std::string suite;
    bool is_text = false; ///< a stretch of a text, which has no choices to be right or wrong in
    std::size_t index = 0; ///< of the item, from 0
    std::vector<Choice> choices; ///< of a text the stretch
    std::size_t answer = 0;
    /// That of greatest log-probability; none where one of them is not a number.
    std::optional<std::size_t> chosen;
    std::optional<std::size_t> chosen_per_byte;
    /// What was written in answer to a question, which then has no choices, and how it was judged.
    std::optional<std::string> written = {};
    bool is_right = false;
    bool is_right_loosely = false;
};

struct EvaluationReport
{
    TaskFigures task;
    int examples = 0; ///< 0 where no task was asked
    std::vector<EvaluationRecord> capabilities;
    std::vector<std::string>
        suite_notes; ///< items left out, and what stands before the first tokens
    std::vector<ItemAnswer> items; ///< of the suites, one after the other
    std::optional<CircuitReport> circuit;
    std::vector<std::string> dropped; ///< a sentence for each example or span left out, and why
    std::vector<std::string> notes; ///< on those that stay; see EncodedTask
};

/// Throws InputError for whatever cannot be used. Needs LibTorch, but its header does not.
EvaluationReport evaluate(const EvaluateRequest& request);

} // namespace circuitloom
