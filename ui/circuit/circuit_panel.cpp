#include "ui/circuit/circuit_panel.h"

#include "ui/circuit/circuit_search.h"
#include "ui/circuit/circuit_toolbar.h"
#include "ui/circuit/empty_notice.h"
#include "ui/circuit/layout_progress.h"
#include "ui/circuit/run_dot_layout.h"
#include "ui/circuit/search_field.h"

#include <QCoreApplication>
#include <QVBoxLayout>

#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int most_completions = 60;

ColorMode mode_of(ColorChoice choice)
{
    switch (choice) {
    case ColorChoice::sign:
        return ColorMode::sign;
    case ColorChoice::kind:
        return ColorMode::kind;
    case ColorChoice::age:
        return ColorMode::age;
    case ColorChoice::single:
        return ColorMode::single;
    case ColorChoice::certainty:
        return ColorMode::certainty;
    default:
        return ColorMode::change;
    }
}

bool compares(ColorChoice colors)
{
    return mode_of(colors) == ColorMode::change;
}

/// Null where the colours compare with nothing, or with what is not there.
const Circuit* reference_of(const ShownIteration& shown, ColorChoice colors)
{
    const std::optional<Circuit>* reference = nullptr;
    if (colors == ColorChoice::since_previous)
        reference = &shown.previous;
    else if (colors == ColorChoice::since_start)
        reference = &shown.first;
    else if (colors == ColorChoice::since_chosen)
        reference = &shown.chosen;
    return reference && *reference ? &**reference : nullptr;
}

} // namespace

CircuitPanel::CircuitPanel(QWidget* parent)
    : QWidget(parent)
    , view_(new CircuitView(this))
    , toolbar_(new CircuitToolbar(this))
    , progress_(new LayoutProgress(this))
    , empty_(new EmptyNotice(this))
    , dot_(new RunDotLayout(QCoreApplication::applicationFilePath(), this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(toolbar_);
    column->addWidget(view_, 1);
    connect_toolbar();
    connect_dot_layout();
    connect(&view_->circuit(), &ViewedCircuit::state_changed, this, &CircuitPanel::follow_state);
    connect(&view_->circuit(), &ViewedCircuit::scene_changed, this, &CircuitPanel::update_summary);
    connect(empty_, &EmptyNotice::clear_requested, this, &CircuitPanel::clear_filter);
}

void CircuitPanel::connect_toolbar()
{
    ViewEditor& editor = view_->editor();
    connect(toolbar_, &CircuitToolbar::colors_chosen, &editor, &ViewEditor::choose_colors);
    connect(toolbar_, &CircuitToolbar::layout_chosen, &editor, &ViewEditor::choose_layout);
    connect(toolbar_, &CircuitToolbar::filter_changed, &editor, &ViewEditor::set_filter);
    connect(toolbar_, &CircuitToolbar::show_all_requested, &editor, &ViewEditor::show_all);
    connect(toolbar_, &CircuitToolbar::fit_requested, view_, &CircuitView::fit);

    SearchField* field = toolbar_->search();
    connect(field, &SearchField::search_requested, this, &CircuitPanel::search);
    connect(field, &SearchField::completions_wanted, this, [this, field](const QString& typed) {
        field->set_completions(view_->circuit().completions_of(typed, most_completions));
    });
    connect(&view_->circuit(), &ViewedCircuit::selection_changed, field, &SearchField::show_name);
}

void CircuitPanel::connect_dot_layout()
{
    connect(
        &view_->circuit(), &ViewedCircuit::plain_layout_changed, dot_, &RunDotLayout::base_changed);
    connect(dot_, &RunDotLayout::edges_wanted, this, &CircuitPanel::edges_wanted);
    connect(dot_, &RunDotLayout::ready, &view_->circuit(), &ViewedCircuit::set_dot_layout);
    connect(dot_, &RunDotLayout::failed, this, [this](const QString& sentence) {
        view_->editor().choose_layout(LayoutChoice::lattice);
        Q_EMIT failed(sentence);
    });
    connect(dot_, &RunDotLayout::busy_changed, this, [this](bool busy) {
        if (busy)
            progress_->show_at(view_->pos() + QPoint(16, 10));
        else
            progress_->hide();
    });
    connect(progress_, &LayoutProgress::cancelled, this,
        [this] { view_->editor().choose_layout(LayoutChoice::lattice); });
}

void CircuitPanel::set_dot_program(const QString& program)
{
    dot_->set_program(program);
}

void CircuitPanel::set_graph(std::shared_ptr<const ComputationalGraph> graph)
{
    shown_.reset();
    dot_->begin_run();
    if (graph)
        toolbar_->set_layers(graph->shape().layers);
    view_->circuit().set_graph(std::move(graph));
    update_summary();
}

void CircuitPanel::show_iteration(ShownIteration iteration, bool animate)
{
    shown_ = std::move(iteration);
    toolbar_->set_edge_count(static_cast<int>(shown_->now.size()));
    show_colors(animate);
    dot_->show_iteration(shown_->record.index.value, view_->scene());
}

void CircuitPanel::clear(const QString& placeholder)
{
    set_graph(nullptr);
    view_->set_placeholder(placeholder);
}

void CircuitPanel::set_theme(const Theme& theme)
{
    view_->set_theme(theme);
}

void CircuitPanel::set_reduced_motion(bool reduced)
{
    view_->set_reduced_motion(reduced);
    toolbar_->search()->set_reduced_motion(reduced);
}

void CircuitPanel::set_ages(std::vector<int> ages)
{
    if (!shown_)
        return;
    shown_->ages = std::move(ages);
    if (shows_age())
        show_colors(true);
}

void CircuitPanel::set_certain(std::shared_ptr<const CertainEdges> certain)
{
    if (!shown_)
        return;
    shown_->certain = certain;
    view_->circuit().set_certain(std::move(certain));
}

bool CircuitPanel::shows_age() const
{
    return view_->state().colors == ColorChoice::age;
}

void CircuitPanel::set_chosen_iteration(int iteration, bool choose)
{
    chosen_iteration_ = iteration;
    toolbar_->set_chosen_iteration(iteration);
    if (choose)
        view_->editor().choose_colors(ColorChoice::since_chosen);
}

void CircuitPanel::set_edges_of_run(RunEdges edges)
{
    view_->circuit().set_run_edges(edges.edges, edges.most);
    dot_->set_edges(view_->scene().graph, view_->circuit().plain_layout(), std::move(edges.edges));
}

void CircuitPanel::edges_of_run_changed()
{
    dot_->edges_changed();
}

void CircuitPanel::begin_search()
{
    toolbar_->search()->begin();
}

void CircuitPanel::change_strongest(int by)
{
    toolbar_->change_strongest(by);
}

void CircuitPanel::show_colors(bool animate)
{
    colors_ = view_->state().colors;
    const Circuit* reference = reference_of(*shown_, colors_);
    QString name;
    if (colors_ == ColorChoice::since_previous)
        name = tr("the previous");
    else if (colors_ == ColorChoice::since_start)
        name = tr("the start");
    else if (colors_ == ColorChoice::since_chosen)
        name = tr("iteration %1").arg(chosen_iteration_);
    toolbar_->set_reference(name);
    view_->circuit().set_color_mode(mode_of(colors_));
    view_->circuit().show(
        shown_->now, reference ? *reference : Circuit(), animate, shown_->ages, shown_->certain);
}

void CircuitPanel::follow_state()
{
    const ViewState& state = view_->state();
    toolbar_->set_state(state);
    dot_->follow(state.layout == LayoutChoice::dot, state.filter);
    if (!shown_ || state.colors == colors_)
        return;
    if (compares(state.colors) && !reference_of(*shown_, state.colors)) {
        Q_EMIT reference_wanted();
        return;
    }
    show_colors(true);
    if (shows_age())
        Q_EMIT ages_wanted();
}

void CircuitPanel::update_summary()
{
    if (!shown_)
        toolbar_->clear_summary();
    else
        toolbar_->set_summary(edges_shown(view_->scene()), static_cast<int>(shown_->now.size()),
            shown_->record, shown_->stability);
    update_notice();
}

void CircuitPanel::update_notice()
{
    const int all = shown_ ? static_cast<int>(shown_->now.size()) : 0;
    if (all > 0 && view_->scene().edges.empty())
        empty_->show_in(QRect(view_->pos(), view_->size()), all);
    else
        empty_->hide();
}

void CircuitPanel::clear_filter()
{
    ViewEditor& editor = view_->editor();
    CircuitFilter filter;
    filter.strongest = view_->state().filter.strongest;
    editor.set_filter(filter);
    if (!view_->state().isolated.empty() || !view_->state().hidden.empty())
        editor.show_all();
    view_->setFocus();
}

void CircuitPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    update_notice();
}

void CircuitPanel::search(const QString& text)
{
    bool found = true;
    if (text.trimmed().isEmpty())
        view_->editor().select({});
    else
        found = view_->circuit().select_named(text);
    const auto& graph = view_->scene().graph;
    if (found)
        toolbar_->search()->show_found();
    else
        toolbar_->search()->show_not_found(graph ? why_not_found(*graph, text) : QString());
    if (found)
        view_->setFocus();
}

} // namespace circuitloom::ui
