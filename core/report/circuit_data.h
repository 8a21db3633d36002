#pragma once

#include "core/report/report.h"

#include <string>

namespace circuitloom {

/// The runs' circuits as JSON for the page's script; every score to four digits.
///
/// {"runs": [{"run": 1, "name": …, "metric": …, "light": …, "dark": …, "size": [width, height],
///   "widest": …, "kept": kept_circuits(),
///   "nodes": [[name, label, x, y, width, height, 1 where it is a dot without edges]],
///   "bands": [[layer, x, y, width, height]],
///   "edges": [[number in the graph, name, source, target, kind, x, y, … eight of the curve]],
///   "iterations": [[iteration, step, loss, metric, tunable, edges, entered]], as texts but for
///     the first two; empty where the run does not know it,
///   "circuits": [[[edge, …], [score, …]]]}]}
///
/// Sources and targets are indices into `nodes`; the edges of `circuits`, which go with
/// `iterations` and are strongest first, into `edges`. Kinds: q, k, v, m (an MLP or group), l (the
/// logits).
std::string circuit_data(const Report& report);

/// Which of the run's circuits the report has, in a sentence; empty where it has all.
std::string kept_circuits(const ReportRun& run);

} // namespace circuitloom
