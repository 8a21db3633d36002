#include "ui/difference/second_layouts.h"

#include "core/analysis/run_edges.h"
#include "ui/base/background.h"
#include "ui/circuit/circuit_view.h"
#include "ui/circuit/run_dot_layout.h"

#include <utility>

namespace circuitloom::ui {

SecondLayouts::SecondLayouts(CircuitView& view, const QString& program, QObject* parent)
    : QObject(parent)
    , view_(view)
    , dot_(new RunDotLayout(program, this))
{
    ViewedCircuit& circuit = view_.circuit();
    connect(&circuit, &ViewedCircuit::plain_layout_changed, dot_, &RunDotLayout::base_changed);
    connect(&circuit, &ViewedCircuit::state_changed, this,
        [this] { dot_->follow(view_.state().layout == LayoutChoice::dot, view_.state().filter); });
    connect(dot_, &RunDotLayout::ready, &circuit, &ViewedCircuit::set_dot_layout);
    connect(dot_, &RunDotLayout::edges_wanted, this, &SecondLayouts::read);
    connect(dot_, &RunDotLayout::failed, this, &SecondLayouts::failed);
}

SecondLayouts::~SecondLayouts()
{
    ++*newest_;
}

void SecondLayouts::set_before_reading(std::function<void()> before)
{
    before_reading_ = std::move(before);
}

void SecondLayouts::set_program(const QString& program)
{
    dot_->set_program(program);
}

void SecondLayouts::show(const std::filesystem::path& file, const std::set<RunId>& runs, int index)
{
    if (file != file_ || runs != runs_) {
        show_none();
        file_ = file;
        runs_ = runs;
    }
    dot_->show_iteration(index, view_.scene());
}

void SecondLayouts::show_none()
{
    ++*newest_;
    file_.clear();
    runs_.clear();
    dot_->begin_run();
}

void SecondLayouts::read(const CircuitFilter& filter)
{
    const auto graph = view_.scene().graph;
    if (!graph || runs_.empty())
        return;
    // Meanwhile another run may be shown.
    const int generation = ++*newest_;
    const auto still_wanted = [this, generation, graph] {
        return generation == *newest_ && graph == view_.scene().graph;
    };
    in_background(
        this,
        [file = file_, runs = runs_, graph, filter, generation, newest = newest_,
            before = before_reading_] {
            if (before)
                before();
            if (generation != *newest)
                return RunEdges();
            return edges_of_runs(ExperimentReader(file), runs, *graph, filter);
        },
        [this, still_wanted, graph](const RunEdges& found) {
            if (!still_wanted())
                return;
            view_.circuit().set_run_edges(found.edges, found.most);
            dot_->set_edges(graph, view_.circuit().plain_layout(), found.edges);
        },
        [this, still_wanted](const QString& sentence) {
            if (still_wanted())
                Q_EMIT failed(sentence);
        });
}

} // namespace circuitloom::ui
