#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

class StreamTables;

/// How far the receiver of a stream has come with a run. Internal to core/store, as all of this.
struct RunStand
{
    std::int64_t created = 0;
    nlohmann::json writer = nlohmann::json::array(); ///< who wrote the rows: a resumption changes it
    std::int64_t row = -1; ///< digest of the run's own row; -1: it was not sent
    std::int64_t iteration = -1; ///< the last one
    std::int64_t step = -1;
    std::int64_t evaluation_step = -1;
    std::int64_t evaluations = 0; ///< of that step
    std::int64_t mark = 0;
    std::int64_t references = 0; ///< 0: none were sent, and there may be some

    nlohmann::json json() const;
    /// Throws InputError where `json`, which the receiver calls `key`, is none.
    static RunStand from(const nlohmann::json& json, const std::string& key);
};

/// A run of the file at the moment.
struct RunNow
{
    std::int64_t id = 0;
    std::int64_t created = 0;
    std::int64_t graph = 0;
    nlohmann::json writer;
    bool under_way = false; ///< as its row says
    bool alive = false; ///< and its writer lives
    std::int64_t row = 0;
    std::int64_t iteration = -1;
    std::int64_t step = -1;
    std::int64_t evaluation_step = -1;
    std::int64_t evaluations = 0;
    std::int64_t mark = 0;
    std::int64_t references = 0;
};

enum class WholeKind
{
    graph,
    checkpoint
};

struct WholeName
{
    WholeKind kind = WholeKind::graph;
    std::int64_t number = 0;
};

/// As what the receiver has names it: graph:3.
std::string key_of(const WholeName& name);

/// A graph or a checkpoint that is sent in several pieces, and how far it has come.
struct StreamWhole
{
    WholeName name;
    nlohmann::json is; ///< the digest of its row: where that is another one now, it is another thing
    std::size_t part = 0; ///< which of its tables
    std::vector<std::int64_t> after; ///< the key of the last row of that table; empty before the first
};

/// How far the receiver is once it has everything that was sent. A value: what is sent next is built on
/// a copy, which counts once it has been written.
struct StreamPosition
{
    nlohmann::json have = nlohmann::json::object();
    nlohmann::json patch = nlohmann::json::object(); ///< what of `have` changed since the last commit
    std::map<std::int64_t, RunStand> stands;
    std::optional<StreamWhole> whole; ///< while it is there, no commit comes
    nlohmann::json alive; ///< as the last commit said it; null before the first

    void note(const std::string& key, nlohmann::json value);
};

/// The number in a key like run:3. Throws InputError where there is none.
std::int64_t number_in(const std::string& key);

/// The runs of the file, by their numbers.
std::vector<RunNow> runs_now(
    StreamTables& tables, const std::map<std::int64_t, RunStand>& stands);

} // namespace circuitloom
