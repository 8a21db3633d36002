#pragma once

#include "core/base/ids.h"

#include <filesystem>
#include <span>
#include <stop_token>
#include <vector>

namespace circuitloom {

/// Where a run came from, and what it is called in the file that several were merged into.
struct MergedRun
{
    std::filesystem::path file;
    RunId there;
    RunId here;
};

/// Adds the runs of `files`, in their order and with all that belongs to them (circuits, curves,
/// checkpoints, notes, bookmarks), to `to`, which is made where there is none. Catalogues of nodes
/// and edges that are alike are kept once. The files stay as they are; of a run that still goes on
/// comes a copy, which is stopped. Supernodes and how the window looked are the file's, not a run's,
/// and stay behind.
///
/// All come or none does: where something fails, `to` is as it was, or not there. Throws InputError where one is no experiment, or is `to`
/// itself; ResourceError where one is damaged or the disk refuses; Cancelled before the next file once
/// `stop` is requested.
std::vector<MergedRun> merge_experiments(std::span<const std::filesystem::path> files,
    const std::filesystem::path& to, std::stop_token stop = {});

} // namespace circuitloom
