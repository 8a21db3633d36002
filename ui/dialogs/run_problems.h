#pragma once

#include "core/run/compute_devices.h"
#include "core/run/memory_estimate.h"
#include "core/run/run_config.h"

#include <QString>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace circuitloom::ui {

class HostQuestions;

/// What is wrong with a number of edges, by its setting, in a graph of `all` edges; empty for
/// nothing, or while that is not known.
QString too_many_edges(
    const std::string& setting, const RunConfig& run, std::optional<std::int64_t> all);
/// What the run can be started with, though it is hardly meant; empty for nothing.
QString long_warm_up(const RunConfig& run, const TaskSize& task);
/// What the host says is wrong with the run, by setting, in the words of a form; under an empty
/// name what belongs to none.
std::map<std::string, QString> host_problems(const HostQuestions& host, const RunConfig& run);
/// The size of the run's task, which the host has read, in a sentence.
QString host_task_text(const HostQuestions& host);

} // namespace circuitloom::ui
