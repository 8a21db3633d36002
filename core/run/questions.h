#pragma once

#include "core/graph/computational_graph.h"
#include "core/graph/first_order_effect.h"
#include "core/run/asked_model.h"
#include "core/run/compute_devices.h"
#include "core/run/discovery_options.h"
#include "core/run/drift_question.h"
#include "core/run/faithfulness_question.h"
#include "core/run/model_reference.h"
#include "core/run/studies.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace circuitloom {

/// Questions to the engine, and their answers: plain values, so that a panel, a command and a test
/// ask in the same way. Each question names its model; each answer says of which model it is.
/// A new kind of question is a struct here, its answer beside it, and one source in core/engine.

/// A token as a possible continuation.
struct TokenChance
{
    std::int32_t id = 0;
    std::string text;
    double log_probability = 0; ///< in nats
    bool operator==(const TokenChance&) const = default;
};

/// A circuit that is left alone: every other edge is ablated, at every position.
struct CircuitAlone
{
    /// Names of the edges that stay, or, where it is set, those that an iteration of a run stored.
    std::vector<std::string> edges;
    std::optional<RunMoment> iteration;
    /// Nothing: the graph of that run or of the model's, or the full graph with whole MLPs.
    std::optional<GraphOptions> graph;
    Baseline baseline = Baseline::mean; ///< of an ablated output; a text has no corrupted prompt
    /// Over whose tokens the mean is taken, as load_encoded_task() takes it.
    std::string task;
    int examples = 0; ///< the first so many of the task; 0 for all
    int max_tokens = 128;
};

/// What comes after a text?
struct NextTokenQuestion
{
    ModelReference model;
    ComputeOptions compute;
    std::string text; ///< an empty one begins with the model's start token, where it has one
    std::vector<std::int32_t> ids; ///< in place of the text, where there are any
    bool all_positions = false; ///< what comes after every token, not only the last
    int likeliest = 10; ///< so many of the likeliest tokens
    /// Texts whose first tokens after `text` are wanted whatever their rank, such as a task's
    /// target and alternative.
    std::vector<std::string> candidates;
    bool whole_vocabulary = false; ///< every token's log-probability too
    bool token_texts = false; ///< every token's text too
    int continuation = 0; ///< at most so many tokens more are generated; 0 for none
    double temperature = 0; ///< of the continuation; 0 takes the likeliest token each time
    std::uint64_t seed = 1; ///< of what is drawn
    std::optional<CircuitAlone> circuit; ///< asked of it in place of the whole model
};

/// What the model expects after one token of a text.
struct PositionChances
{
    TokenChance likeliest;
    std::optional<TokenChance> next; ///< the token that does come there; nothing after the last
    std::vector<double> log_probabilities; ///< [vocabulary], in nats; empty unless asked for
};

struct NextTokenAnswer
{
    ModelShown model;
    std::vector<std::int32_t> ids; ///< of the text
    std::vector<std::string> tokens; ///< the same as texts
    std::vector<TokenChance> likeliest; ///< the likeliest first
    std::vector<TokenChance> candidates; ///< one for each candidate
    std::vector<double> log_probabilities; ///< [vocabulary], in nats; empty unless asked for
    std::vector<std::string> vocabulary; ///< [vocabulary], texts; empty unless asked for
    std::vector<PositionChances> positions; ///< one for each token; empty unless asked for
    std::string continued; ///< the text and its continuation; empty unless asked for
    int kept_edges = -1; ///< of the circuit that was left alone; -1 for the whole model
};

/// Where do attention heads look on a text?
struct AttentionQuestion
{
    ModelReference model;
    ComputeOptions compute;
    std::string text;
    std::vector<Node> heads; ///< of NodeKind::head; empty for all
};

/// The attention probabilities of one head.
struct AttentionPattern
{
    Node head;
    /// [position, position], row by row: how much the position of the row looks at that of the
    /// column. Rows sum to 1; what comes after the row's position is 0.
    std::vector<float> weights;
};

struct AttentionAnswer
{
    ModelShown model;
    std::vector<std::string> tokens; ///< one per position
    std::vector<AttentionPattern> patterns; ///< one for each head asked for
};

/// Where do attention heads look from the positions at which a task is scored?
struct TargetAttentionQuestion
{
    ModelReference model;
    ComputeOptions compute;
    std::string task;
    std::vector<Node> heads; ///< of NodeKind::head; empty for all
    int examples = 100; ///< the first so many of the task; 0 for all
    int max_tokens = 128; ///< longer examples are cut
};

/// Shares of one head's attention, 0…1, averaged over a task's targets, then over its examples. A
/// token may count for several of them.
struct TargetAttention
{
    Node head;
    /// On the tokens that the corrupted prompt has otherwise (the subject of a sentence whose
    /// corrupted prompt changes its number), over the examples with such a prompt; nothing where
    /// there is none.
    std::optional<double> changed;
    double first = 0; ///< on the text's first token
    double previous = 0; ///< on the token before the one that looks
    double itself = 0; ///< on that one
};

struct TargetAttentionAnswer
{
    ModelShown model;
    std::vector<TargetAttention> heads; ///< one for each head asked for
    int examples = 0; ///< over which they are averaged
    int changed_examples = 0; ///< those of them with a corrupted prompt
    std::vector<std::string> dropped; ///< a sentence for each example left out, and why
    std::vector<std::string> notes; ///< on those that stay
};

/// What do nodes write towards the next token, seen through the final norm (whose scale is held as
/// the whole model has it) and the unembedding (direct logit attribution, as in arXiv 2211.00593)?
/// `logits` stands for all that they write together: its figures are the model's own logits, before
/// a cap, with every bias, less their mean over the vocabulary as those of the others are.
struct LensQuestion
{
    ModelReference model;
    ComputeOptions compute;
    std::vector<Node> nodes; ///< input, heads, MLPs or neuron groups, and logits
    int mlp_group_size = 0; ///< what the groups among them count in
    /// On a text, at its last position, with a target and an alternative that may be empty …
    std::string text;
    std::string target;
    std::string alternative;
    /// … or, where not empty, on a task: averaged over its targets, then over its examples.
    std::string task;
    int examples = 100; ///< the first so many of the task; 0 for all
    int max_tokens = 128; ///< longer examples are cut
    int promoted = 10; ///< so many of the tokens that a node promotes most
};

/// A token and what a node adds to its logit.
struct TokenPush
{
    std::int32_t id = 0;
    std::string text;
    double logit = 0;
};

struct NodeLens
{
    Node node;
    std::optional<double> target; ///< added to the target's logit; nothing where none was named
    std::optional<double> alternative; ///< likewise
    /// The greatest first, of W_U's output less its mean over the vocabulary: what is added to
    /// every logit changes no probability.
    std::vector<TokenPush> promoted;
};

struct LensAnswer
{
    ModelShown model;
    std::vector<NodeLens> nodes; ///< as asked
    int examples = 1; ///< over which they are averaged
    std::vector<std::string> dropped; ///< a sentence for each example left out, and why
    std::vector<std::string> notes; ///< on those that stay
};

/// Which neurons of an MLP or neuron group write most towards a task's targets, less their
/// alternatives, seen as by LensQuestion?
struct NeuronQuestion
{
    ModelReference model;
    ComputeOptions compute;
    Node node; ///< an MLP or a neuron group
    int mlp_group_size = 0; ///< what a group counts in
    std::string task;
    int examples = 100; ///< the first so many of the task; 0 for all
    int max_tokens = 128; ///< longer examples are cut
    int neurons = 5; ///< so many of those that write most
    int promoted = 5; ///< so many of the tokens that each promotes most
};

/// Averages over a task's targets, then over its examples.
struct NeuronLens
{
    int neuron = 0; ///< of the MLP, from 0
    double activation = 0; ///< at the scored positions, after the activation function and the gate
    /// Added to the target's logit, less what is added to the alternative's; without `alternatives`,
    /// less the mean over the vocabulary.
    double difference = 0;
    std::vector<TokenPush> promoted; ///< as NodeLens::promoted
};

struct NeuronAnswer
{
    ModelShown model;
    std::vector<NeuronLens> neurons; ///< the greatest difference, in size, first
    int of = 0; ///< neurons of the node
    bool alternatives = true; ///< every target of the task has one
    int examples = 0; ///< over which they are averaged
    std::vector<std::string> dropped; ///< a sentence for each example left out, and why
    std::vector<std::string> notes; ///< on those that stay
};

/// What does the model do without some of its edges, or with a circuit alone?
struct AblationQuestion
{
    ModelReference model;
    ComputeOptions compute;
    /// Names of edges (`a2.h5->logits`), of nodes that write (`a2.h5`: all edges out of it) and of
    /// inputs (`a2.h5<q>`: all edges into it).
    std::vector<std::string> names;
    bool keep_only = false; ///< the named edges are those that stay, rather than those ablated
    /// Nothing: the run's graph, or the full graph with whole MLPs.
    std::optional<GraphOptions> graph;
    std::string task;
    std::vector<std::string> suites; ///< as load_suite() takes them
    int suite_items = 0; ///< at most so many of each; 0 for all
    MetricKind metric = MetricKind::logit_diff;
    Baseline baseline = Baseline::mean; ///< what stands for an ablated output (over the task)
    /// Where the task's edges are ablated. In suites it is always everywhere.
    ScoredPositions positions = ScoredPositions::all;
    int examples = 0; ///< the first so many of the task; 0 for all
    int batch = 16;
    int max_tokens = 128;
    std::int64_t memory_bytes = std::int64_t{ 1 } << 29; ///< for what ablation holds at a time
    /// So many random choices of as many nodes, inputs and edges are ablated as well, see
    /// random_names_like(); for names that are ablated, not for a circuit that stays.
    int random_draws = 0;
    std::uint64_t seed = 1; ///< of these
};

/// One figure with all edges and without the ablated ones.
struct AblatedFigure
{
    std::string suite; ///< `task`, or the suite's name
    std::string measure;
    double whole = 0;
    double ablated = 0;
    int items = 0; ///< how many it was measured on
    std::vector<double> random = {}; ///< without each of the random choices
};

struct AblationAnswer
{
    ModelShown model;
    int edges = 0; ///< of the graph
    int ablated = 0; ///< of these
    std::vector<AblatedFigure> figures; ///< the task's, then the suites'
    /// By the circuit that the iteration stored which the model is of. Nothing where it is of no
    /// iteration, or the run's scores estimate another change: of another metric, task, baseline or
    /// at other positions.
    std::optional<FirstOrderEffect> expected;
    std::vector<std::string> dropped; ///< a sentence for each example left out, and why
    std::vector<std::string> notes; ///< on those that stay
};

using Question = std::variant<NextTokenQuestion, AttentionQuestion, TargetAttentionQuestion,
    LensQuestion, NeuronQuestion, AblationQuestion, DriftQuestion, FaithfulnessQuestion, DevicesQuestion,
    StudyQuestion>;
/// In the order of Question.
using Answer = std::variant<NextTokenAnswer, AttentionAnswer, TargetAttentionAnswer, LensAnswer,
    NeuronAnswer, AblationAnswer, DriftAnswer, FaithfulnessAnswer, Devices, StudyAnswer>;

/// How far an answer is: `done` of `total` of what is being done ("rebuilding step 46"). Called
/// often, on the thread that answers; it may block there while others compute.
using AnswerProgress = std::function<void(const std::string& what, int done, int total)>;

} // namespace circuitloom
