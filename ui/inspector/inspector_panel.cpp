#include "ui/inspector/inspector_panel.h"

#include "ui/base/scrolling.h"
#include "ui/base/steady_text.h"
#include "ui/inspector/attention_grid.h"
#include "ui/inspector/course_section.h"
#include "ui/inspector/drift_section.h"
#include "ui/inspector/edge_rows.h"
#include "ui/inspector/head_section.h"
#include "ui/inspector/lens_section.h"
#include "ui/inspector/tried_sentence.h"
#include "ui/panels/answer_state.h"
#include "ui/theme/scaled_font.h"

#include <QCheckBox>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int rest = 60; ///< milliseconds

using Kind = InspectedSubject::Kind;

} // namespace

InspectorPanel::InspectorPanel(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , title_(new QLabel(this))
    , kind_(new QLabel(this))
{
    setObjectName(QStringLiteral("inspector"));
    setAttribute(Qt::WA_StyledBackground);
    auto* heading = new QLabel(tr("INSPECTOR"), this);
    heading->setProperty("heading", true);
    title_->setObjectName(QStringLiteral("inspectorTitle"));
    title_->setTextFormat(Qt::PlainText);
    title_->setWordWrap(true);
    title_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    kind_->setObjectName(QStringLiteral("inspectorKind"));
    kind_->setProperty("dim", true);
    kind_->setWordWrap(true);
    kind_->setTextFormat(Qt::PlainText);

    auto* content = new QWidget(this);
    course_ = new CourseSection(context, content);
    edges_ = new EdgeRows(context, content);
    tried_ = new TriedSentence(context, this);
    head_ = new HeadSection(context, *tried_, content);
    lens_ = new LensSection(context, content);
    drift_ = new DriftSection(context, content);
    maps_ = new QWidget(content);
    all_heads_ = new QCheckBox(tr("All heads of the model"), maps_);
    all_heads_->setObjectName(QStringLiteral("attentionAllHeads"));
    grid_ = new AttentionGrid(context, maps_);
    auto* maps = new QVBoxLayout(maps_);
    maps->setContentsMargins(0, 0, 0, 0);
    auto* choice = new QHBoxLayout;
    choice->setContentsMargins(16, 0, 16, 0);
    choice->addWidget(all_heads_);
    maps->addLayout(choice);
    maps->addWidget(grid_);
    grid_state_ = new AnswerState(content);
    grid_state_->setObjectName(QStringLiteral("attentionGridState"));
    auto* sections = new QVBoxLayout(content);
    sections->setContentsMargins(0, 4, 0, 8);
    sections->setSpacing(14);
    for (QWidget* section : std::initializer_list<QWidget*>{
             course_, edges_, head_, lens_, drift_, maps_, grid_state_ })
        sections->addWidget(section);
    sections->addStretch();
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    keep_within(*scroll);

    auto* top = new QVBoxLayout;
    top->setContentsMargins(16, 8, 16, 0);
    top->setSpacing(2);
    top->addWidget(heading);
    top->addSpacing(4);
    for (QLabel* label : { title_, kind_ })
        top->addWidget(new SteadyText(*label, this));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(top);
    column->addWidget(scroll, 1);

    connect(grid_, &AttentionGrid::changed, this, &InspectorPanel::show_grid_state);
    connect(grid_, &AttentionGrid::changed, this, &InspectorPanel::show_kind);
    connect(grid_state_, &AnswerState::again_requested, grid_, &AttentionGrid::ask_again);
    connect(grid_state_, &AnswerState::again_requested, tried_, &TriedSentence::try_again);
    connect(all_heads_, &QCheckBox::toggled, this, &InspectorPanel::refresh);
    soon_.setSingleShot(true);
    soon_.setInterval(rest);
    connect(&soon_, &QTimer::timeout, this, &InspectorPanel::refresh);
    const auto refresh_soon = [this] {
        if (isVisible() && !soon_.isActive())
            soon_.start();
    };
    for (const auto change : { &PanelContext::place_changed, &PanelContext::selection_changed,
             &PanelContext::edges_changed, &PanelContext::sentence_changed })
        connect(&context_, change, this, refresh_soon);
    connect(tried_, &TriedSentence::changed, this, refresh_soon);
    const auto take_theme
        = [this] { title_->setFont(scaled_font(context_.theme().font(), 1.45, true)); };
    connect(&context_, &PanelContext::theme_changed, this, take_theme);
    take_theme();
    refresh();
}

// Beside other panels it has most to show.
QSize InspectorPanel::sizeHint() const
{
    return { 280, 700 };
}

void InspectorPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void InspectorPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    head_->forget();
    lens_->forget();
    drift_->forget();
    grid_->forget();
}

void InspectorPanel::refresh()
{
    const std::optional<ShownPlace> place = context_.place();
    const bool open = place && place->graph;
    if (!open) {
        graph_.reset();
        subject_ = {};
    } else if (place->graph != graph_ || context_.selection() != selection_) {
        // It goes through all edges of the graph, which an iteration need not wait for.
        if (place->graph != graph_)
            components_ = std::make_unique<Components>(*place->graph);
        graph_ = place->graph;
        selection_ = context_.selection();
        subject_ = inspected_subject(selection_, *graph_, *components_);
    }
    const bool something = subject_.kind != Kind::nothing;
    const bool head = subject_.kind == Kind::head;
    const bool edge = subject_.kind == Kind::edge;
    const std::optional<Node> lens = subject_.lens_node();
    const RunHistory* run = context_.run();
    // No task is read, and no model is built, that nobody has asked for.
    sentence_ = run && !something && isVisible() && all_heads_->isChecked()
        ? tried_->of(run->config.task)
        : context_.sentence();
    show_title();
    show_kind();
    course_->setVisible(something);
    edges_->setVisible(subject_.component.has_value() || edge);
    head_->setVisible(head);
    lens_->setVisible(lens.has_value());
    drift_->setVisible(something);
    maps_->setVisible(open && !something);
    if (!isVisible())
        return; // nothing is asked or read for a panel that nobody sees
    if (something) {
        const std::vector<CircuitEdge> circuit = context_.edges();
        course_->show_subject(subject_, *place, circuit, *components_);
        if (subject_.component) {
            edges_->show_edges(
                { *subject_.component, *subject_.component }, circuit, *graph_, *components_);
        } else if (edge) {
            const Edge& ends = graph_->edge(subject_.parts.front().edges.front());
            edges_->show_edges({ components_->of(ends.source), components_->of(ends.target) },
                circuit, *graph_, *components_);
        }
    }
    head ? head_->show_head(*subject_.writer, *place) : head_->forget();
    lens ? lens_->show_node(*lens, *place) : lens_->forget();
    something ? drift_->show_selection(*place, *components_) : drift_->forget();
    open && !something ? grid_->show_heads(*place, sentence_, all_heads_->isChecked())
                       : grid_->forget();
    show_grid_state();
}

void InspectorPanel::show_grid_state()
{
    const Inquiry& asked = grid_->inquiry();
    const bool waits = asked.open() && grid_->heads().empty();
    const bool maps = subject_.kind == Kind::nothing && graph_;
    grid_state_->show_state(asked.failure().isEmpty() && maps && all_heads_->isChecked()
            ? tried_->failure()
            : asked.failure(),
        waiting_text(asked.progress(), waits));
}

QString InspectorPanel::unselected_text() const
{
    const std::optional<ShownPlace> place = context_.place();
    if (!place)
        return context_.run()
            ? tr("This run has no circuit yet: once it has one, everything in it can be inspected "
                 "here.")
            : tr("Open an experiment, or run the demo: then everything in its circuits can be "
                 "inspected here.");
    const QString select = tr("Select a node or an edge in the circuit.") + u' ';
    if (sentence_.isEmpty())
        return select
            + tr("With a sentence under “Try it”, the attention of the circuit's heads on it "
                 "stands here; that of all heads also on the task's first example.");
    return grid_->moment().isEmpty()
        ? select + tr("Below, where heads look on “%1”.").arg(sentence_)
        : select + tr("Below, where heads look on “%1”: %2.").arg(sentence_, grid_->moment());
}

void InspectorPanel::show_kind()
{
    const std::optional<ShownPlace> place = context_.place();
    QString kind;
    switch (subject_.kind) {
    case Kind::nothing:
        kind_->setText(unselected_text());
        return;
    case Kind::edge:
        kind = tr("edge");
        break;
    case Kind::head:
        kind = tr("attention head");
        break;
    case Kind::shared_input:
        kind = tr("key and value that several heads share");
        break;
    case Kind::mlp:
        kind
            = subject_.writer->kind == NodeKind::mlp_group ? tr("group of MLP neurons") : tr("MLP");
        break;
    case Kind::input:
        kind = tr("embedding of token and position");
        break;
    case Kind::logits:
        kind = tr("the model's output");
        break;
    case Kind::several:
        kind = tr("selected together");
        break;
    }
    if (place)
        kind_->setText(
            tr("%1 · iteration %2, step %3").arg(kind).arg(place->iteration).arg(place->step));
}

void InspectorPanel::show_title()
{
    QStringList names;
    for (std::size_t i = 0; i < std::min<std::size_t>(subject_.parts.size(), 4); ++i)
        names << subject_.parts[i].name;
    if (subject_.parts.size() > 4)
        names << tr("%1 more").arg(subject_.parts.size() - 4);
    QString title = names.join(QStringLiteral(", "));
    title_->setText(title.replace(QStringLiteral("->"), QStringLiteral(" → ")));
    title_->setVisible(!subject_.parts.empty());
}

} // namespace circuitloom::ui
