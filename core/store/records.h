#pragma once

#include "core/base/ids.h"
#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// `interrupted` is a run whose writer vanished: its file says running, but nobody holds it.
enum class RunState
{
    running,
    paused,
    finished,
    stopped,
    failed,
    interrupted
};

std::string_view run_state_name(RunState state);
/// A process that is there trains the run or has paused it: running or paused.
bool is_under_way(RunState state);

/// What is written once, when a run begins.
struct RunDescription
{
    std::string name;
    std::string method; ///< as method_names has it: circuit, full, …; or "imported", "observed"
    std::string configuration; ///< JSON of the RunConfig
    std::string model; ///< name or path as the user gave it
    std::string model_fingerprint; ///< hash of configuration and weights
    std::string software; ///< JSON: versions, device, threads
    std::uint64_t seed = 0;
    int steps = 0; ///< planned optimizer steps
    int top_n = 0; ///< edges in a circuit; 0 where the method has none
    std::int64_t parameters = 0; ///< entries of the whole model; 0: not known, as of an imported run
    GraphShape shape;
    GraphOptions graph;
};

struct RunSummary
{
    RunId id;
    RunDescription description;
    RunState state = RunState::running;
    std::string message; ///< why it failed or stopped; empty otherwise
    std::int64_t created = 0; ///< seconds since 1970, UTC
    int iterations = 0; ///< committed so far
    int steps_done = 0;
    std::optional<double> last_loss;
    std::optional<double> last_metric;
    std::string notes; ///< what the user wrote about it
};

/// One discovery and the step it belongs to, without its edges. Not a number: not known.
struct IterationRecord
{
    IterationIndex index;
    int step = 0; ///< optimizer steps taken before this discovery
    double loss = 0; ///< mean next-token cross-entropy of this batch, nats per token
    double metric = 0; ///< the task metric on this batch
    double tunable_ratio = 0; ///< trainable entries / all entries, 0…1
    std::int64_t tunable_count = 0;
    int edges = 0; ///< size of the circuit
    int entered = 0; ///< edges that the previous iteration's circuit did not have
    double seconds = 0; ///< wall time since the previous iteration
    /// Tokens of all batches trained on before it, padding not counted; empty: not known.
    std::optional<std::int64_t> tokens = {};
};

/// One optimizer step.
struct StepRecord
{
    int step = 0; ///< from 1
    double loss = 0;
    double metric = 0;
    double learning_rate = 0;
};

/// The suite under whose name a run's held-out task is evaluated.
inline constexpr std::string_view task_suite = "task";

/// One figure of one suite at one step.
struct EvaluationRecord
{
    int step = 0;
    std::string suite; ///< its name, e.g. "was/were"
    std::string measure; ///< the name of a Measure; of a newer file perhaps of an unknown one
    double value = 0;
    int items = 0; ///< how many it was measured on
    bool operator==(const EvaluationRecord&) const = default;
};

/// Why a checkpoint was written: every so many steps, before a pause, a stop or the end, because the
/// run had never been better, or because the one before was some time ago.
enum class CheckpointReason
{
    every,
    pause,
    stop,
    end,
    best,
    recent
};

std::string_view checkpoint_reason_name(CheckpointReason reason);

/// A state from which a run goes on, without its content.
struct CheckpointRecord
{
    std::int64_t id = 0; ///< in its file, from 1
    int step = 0; ///< optimizer steps taken before it
    int iterations = 0; ///< discoveries committed before it
    CheckpointReason reason = CheckpointReason::every;
    std::int64_t bytes = 0; ///< that its tensors take in the file
    std::int64_t created = 0; ///< seconds since 1970, UTC
    /// Whether it has what the optimizer remembers: without, no further step can follow.
    bool optimizer = true;
};

/// Which checkpoints of a run stay when a new one comes. The newest always does.
struct CheckpointPolicy
{
    /// The newest, others spread over the run. Those of reason `best` count apart: only the last
    /// stays; one of reason `recent` stays only while it is the newest.
    int keep = 1;
    std::int64_t limit = 0; ///< bytes of all that stay together, oldest first to go; 0 for none
    /// The run's last one, after which no step follows: the earlier ones lose what the optimizer
    /// remembers.
    bool drops_optimizers = false;
};

/// What the optimizer's tensors in a checkpoint are called begins so.
inline constexpr std::string_view optimizer_tensors = "optimizer.";

/// The score of one edge at an iteration whose circuit has it.
struct EdgeHistoryPoint
{
    IterationIndex iteration;
    float score = 0;
    bool operator==(const EdgeHistoryPoint&) const = default;
};

/// A place on the timeline worth a mark.
struct MarkRecord
{
    int step = 0;
    std::string kind; ///< reached, memory, note; of an observed run also checkpoint
    std::string label;
};

/// An iteration that the user wants to find again.
struct Bookmark
{
    std::int64_t id = 0; ///< in its file, from 1; 0 for one that is not stored yet
    RunId run;
    IterationIndex iteration; ///< of `run`, which may lack it after it was resumed
    std::string name;
    std::string note; ///< may be empty
    std::int64_t created = 0; ///< seconds since 1970, UTC; 0 for one that is not stored yet
    bool operator==(const Bookmark&) const = default;
};

} // namespace circuitloom
