#include "ui/window/circuit_commands.h"

#include "core/analysis/run_edges.h"
#include "core/store/experiment_reader.h"
#include "core/store/stored_supernodes.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/session/experiment_session.h"
#include "ui/base/file_path.h"
#include "ui/session/run_ages.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

CircuitCommands::CircuitCommands(ExperimentSession& session, CircuitPanel& panel, RunAges& ages)
    : session_(session)
    , panel_(panel)
    , ages_(ages)
{
    connect(&panel, &CircuitPanel::edges_wanted, this, &CircuitCommands::read_edges);
    connect(&panel, &CircuitPanel::failed, this, &CircuitCommands::failed);
    connect(&panel.view()->circuit(), &ViewedCircuit::supernodes_changed, this,
        &CircuitCommands::save_supernodes);
    connect(&session, &ExperimentSession::file_changed, this, &CircuitCommands::read_supernodes);
    panel.view()->set_span_source([this](const GraphChoice& item) { return span_of(item); });
    connect(&ages, &RunAges::grown, panel.view(), &CircuitView::spans_grew);
}

KnownSpan CircuitCommands::span_of(const GraphChoice& item)
{
    ages_.want();
    const RunHistory* run = session_.current();
    if (!run)
        return {};
    const bool complete = ages_.known().iterations() >= static_cast<int>(run->iterations.size());
    if (!item.edges.empty())
        return { ages_.known().span(item.edges.front()), complete };
    std::vector<bool> chosen(run->graph->nodes().size(), false);
    for (const NodeId node : item.nodes)
        chosen[static_cast<std::size_t>(node.value)] = true;
    const auto touches = [&](EdgeId id) {
        const Edge& edge = run->graph->edge(id);
        return chosen[static_cast<std::size_t>(edge.source.value)]
            || chosen[static_cast<std::size_t>(edge.target.value)];
    };
    return { ages_.known().span(touches), complete };
}

void CircuitCommands::read_edges(const CircuitFilter& filter)
{
    const RunHistory* run = session_.current();
    if (!run)
        return;
    const int newest = static_cast<int>(run->iterations.size()) - 1;
    const int first = range_ ? std::min(range_->first, newest) : 0;
    const int last = range_ ? std::min(range_->last, newest) : newest;
    // Meanwhile another run may be shown.
    const auto still_wanted = [this, generation = ++generation_, graph = run->graph] {
        return generation == generation_ && graph == panel_.view()->scene().graph;
    };
    in_background(
        this,
        [file = path_of(session_.file()), id = run->summary.id, first, last, graph = run->graph,
            filter] {
            return edges_of_run(ExperimentReader(file), id, first, last, *graph, filter);
        },
        [this, still_wanted](const RunEdges& edges) {
            if (still_wanted())
                panel_.set_edges_of_run(edges);
        },
        [this, still_wanted](const QString& sentence) {
            if (!still_wanted())
                return;
            panel_.view()->editor().choose_layout(LayoutChoice::lattice);
            Q_EMIT failed(sentence);
        });
}

void CircuitCommands::set_range(const std::optional<LoopRange>& range)
{
    range_ = range;
    panel_.edges_of_run_changed();
}

void CircuitCommands::read_supernodes()
{
    if (session_.file() == file_)
        return;
    file_ = session_.file();
    changed_ = false;
    panel_.view()->circuit().set_supernodes({});
    if (file_.isEmpty())
        return;
    in_background(
        this, [file = path_of(file_)] { return ExperimentReader(file).supernodes(); },
        [this, file = file_](const std::vector<Supernode>& supernodes) {
            if (file == file_ && !changed_)
                panel_.view()->circuit().set_supernodes(supernodes);
        },
        [this, file = file_](const QString& sentence) {
            if (file == file_ && !changed_)
                Q_EMIT failed(sentence);
        });
}

void CircuitCommands::save_supernodes(const std::vector<Supernode>& supernodes)
{
    if (file_.isEmpty())
        return;
    changed_ = true;
    saving_.run(
        this,
        [file = path_of(file_), supernodes] { circuitloom::save_supernodes(file, supernodes); },
        [] {}, [this](const QString& sentence) { Q_EMIT failed(sentence); });
}

} // namespace circuitloom::ui
