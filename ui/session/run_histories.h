#pragma once

#include "core/store/records.h"
#include "ui/session/run_history.h"

#include <cstddef>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace circuitloom::ui {

/// The runs of the open file as they are in memory, in the order of their numbers, and what the
/// user removed: that is kept until it is deleted from the file, so that it can be put back.
///
/// Knows nothing of the file. For one thread.
class RunHistories
{
public:
    using Removed = std::variant<RunHistory, Bookmark>;

    const std::vector<RunHistory>& all() const { return runs_; }
    /// In place of all that there were. What was removed stays removed.
    void replace(std::vector<RunHistory> runs) { runs_ = std::move(runs); }
    /// Null where there is none, or where it was removed.
    RunHistory* find(RunId run);
    const RunHistory* find(RunId run) const;
    /// In its place; in that of an older history where there is one.
    void insert(RunHistory history);
    /// The whole history of a run of which only the summary was known, be it removed meanwhile. Its
    /// name and its notes stay: the user may have changed them since it was read.
    void complete(RunHistory history);
    /// Takes a run out for good. Returns the place where it stood, nothing where there is none.
    std::optional<std::size_t> drop(RunId run);
    /// The one that stands there, or else the last one; null where there is none.
    const RunHistory* at_or_last(std::size_t place) const;

    /// Takes a run out that may be put back. Returns the place where it stood, nothing where there
    /// is none.
    std::optional<std::size_t> remove(RunId run);
    /// A bookmark went out of the file that may be put back.
    void remember_removed(const Bookmark& bookmark) { removed_.emplace_back(bookmark); }
    bool has_removed() const { return !removed_.empty(); }
    /// What was removed last, which is removed no longer; nothing where there is none.
    std::optional<Removed> take_last_removed();
    /// In the order of their removal.
    std::vector<RunId> removed_runs() const;
    bool is_removed(RunId run) const;
    /// They cannot be put back any more; bookmarks can.
    void forget_removed_runs();
    void forget_removed() { removed_.clear(); }

private:
    std::optional<std::size_t> place_of(RunId run) const;

    std::vector<RunHistory> runs_;
    std::vector<Removed> removed_; ///< in the order of their removal
};

} // namespace circuitloom::ui
