#pragma once

#include "core/base/ids.h"
#include "core/run/asked_model.h"
#include "core/run/discovery_options.h"
#include "core/run/model_reference.h"
#include "core/store/stored_studies.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace circuitloom {

/// Does a circuit work elsewhere, and which part of a change was it (algorithm.md, section 11)?
/// Questions of many figures, each beside its random control. Those about a run are stored in its
/// file figure by figure, so that what was called off is gone on with by asking the same again.

/// f(C_s; M_t): the faithfulness of the circuit of iteration s in the model of iteration t. Metric,
/// baseline, positions and examples are those of the run that the circuits are of.
struct TransferStudy
{
    std::vector<int> circuits; ///< iterations s
    std::vector<int> models; ///< iterations t
    int random_draws = 5; ///< circuits of as many edges beside each figure
    int examples = 0; ///< the first so many of the run's task; 0 for all
    bool operator==(const TransferStudy&) const = default;
};

/// θ_start + γ ⊙ (θ_now − θ_start), where γ is 1 on the strongest share of what moved and 0
/// elsewhere. Measured as the run is evaluated: on its held-out task and its suites.
struct GraftStudy
{
    /// Whose circuit ranks: a node counts by the sum of |score| of the edges that use its
    /// parameters.
    int iteration = 0;
    int step = -1; ///< θ_now is the model after so many steps; -1: as far as the run has come
    bool entries = false; ///< shares of the entries that moved, not of the nodes
    std::vector<double> shares; ///< rising, 0 to 1
    int random_draws = 5;
    bool operator==(const GraftStudy&) const = default;
};

/// The parameters of some parts taken from iteration s and put into the models of iterations t.
struct SwapStudy
{
    int source = 0; ///< iteration s
    std::vector<int> models; ///< iterations t
    /// As named_parts() takes them: a2.h4, a2.h4<q>, m3, embedding, …
    std::vector<std::string> parts;
    int random_draws = 5; ///< choices of as many other parts of the same kinds
    bool operator==(const SwapStudy&) const = default;
};

/// The metric of task B when the circuit of task A is ablated. The circuits are the strongest edges
/// of each task in the model asked about.
struct CrossAblationStudy
{
    std::vector<std::string> tasks; ///< as load_task() takes them
    int step = -1; ///< of a run's model: after so many steps
    int top_n = 100; ///< edges of each circuit
    DiscoveryOptions discovery;
    int random_draws = 5; ///< circuits of as many edges
    int examples = 0; ///< the first so many of each task; 0 for all
    int batch = 16;
    int max_tokens = 128;
    std::uint64_t seed = 1;
    bool operator==(const CrossAblationStudy&) const = default;
};

using Study = std::variant<TransferStudy, GraftStudy, SwapStudy, CrossAblationStudy>;
/// In the order of Study.
inline constexpr std::array<std::string_view, 4> study_names{ "transfer", "graft", "swap",
    "cross-ablation" };
std::string_view study_name(const Study& study);

/// The names of series that all kinds share, and of what a figure is called that is no measure.
namespace study_series {
inline constexpr std::string_view model = "model"; ///< the whole model, nothing done to it
inline constexpr std::string_view empty = "empty"; ///< with every edge ablated
inline constexpr std::string_view found = "found"; ///< the circuit, or the parts, asked about
inline constexpr std::string_view random = "random"; ///< the control
inline constexpr std::string_view by_circuit = "circuit"; ///< of a graft
inline constexpr std::string_view by_drift = "drift"; ///< of a graft
} // namespace study_series
inline constexpr std::string_view faithfulness_figure = "faithfulness";
/// ‖what was kept of the change‖² / ‖the change‖², of the suite `change`.
inline constexpr std::string_view kept_figure = "kept";
inline constexpr std::string_view change_suite = "change";

/// What a study depends on beside its run, in one way of writing it: equal questions give equal
/// texts. `dtype` where it is not what the run computed in.
std::string study_json(const Study& study, std::optional<Precision> dtype);
/// Throws InputError naming the file and the field.
Study read_study(const StoredStudy& stored, const std::filesystem::path& file);

/// Asks for the figures of a study that are not there yet.
struct StudyQuestion
{
    /// A run's: its file, the run, and whose models are meant, which only a transfer can have of
    /// another run of the same file.
    std::filesystem::path file; ///< empty for a cross-ablation of a model that is no run's
    RunId run;
    RunId other; ///< 0: `run`
    ModelReference model; ///< of a cross-ablation
    Study study;
    ComputeOptions compute;
    int cells = 0; ///< at most so many figures with what belongs to them are computed; 0 for all
    std::int64_t memory_bytes = std::int64_t{ 1 } << 29; ///< for what ablation holds at a time
};

struct StudyAnswer
{
    Study study; ///< as it was asked, with its step
    std::int64_t stored = 0; ///< its number in the file; 0 where it was not stored
    std::vector<StudyFigure> figures; ///< all that are there
    int done = 0; ///< cells that are there …
    int total = 0; ///< … of so many
    std::vector<std::string> dropped; ///< a sentence for each example left out, and why
    std::vector<std::string> notes;
};

/// `count` numbers out of `all`, evenly spread, the first and the last among them; all where there
/// are no more.
std::vector<int> evenly_chosen(int all, int count);
/// The shares that a graft is measured at where nobody says which.
std::vector<double> usual_graft_shares();

} // namespace circuitloom
