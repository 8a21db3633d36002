#include "ui/circuit/circuit_panel.h"

#include "ui/circuit/filter_form.h"
#include "ui/theme/icons.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QCoreApplication>
#include <QFocusEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPropertyAnimation>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QStringListModel>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int most_completions = 60;
constexpr int settle_ms = 400; // before a layout is made for a filter that may change again
constexpr int miss_ms = 2500; // before one is made for nodes that came in
constexpr int quiet_ms = 200; // shorter work needs no progress

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
    default:
        return ColorMode::change;
    }
}

QString percent(double ratio)
{
    const double value = ratio * 100;
    const int digits = value > 0 && value < 9.95 ? (value < 0.1 ? 2 : 1) : 0;
    return QString::number(value, 'f', digits) % QStringLiteral(" %");
}

QLabel* dim_label(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("dim", true);
    return label;
}

void add_choice(QComboBox* box, const char* text, ColorChoice choice)
{
    box->addItem(QString::fromUtf8(text), static_cast<int>(choice));
}

} // namespace

CircuitPanel::CircuitPanel(QWidget* parent)
    : QWidget(parent)
    , view_(new CircuitView(this))
    , color_(new QComboBox(this))
    , lattice_(new QPushButton(QStringLiteral("Lattice"), this))
    , dot_(new QPushButton(QStringLiteral("Dot"), this))
    , strongest_(new QSlider(Qt::Horizontal, this))
    , filter_(new QToolButton(this))
    , filter_form_(new FilterForm(this))
    , show_all_(new QToolButton(this))
    , summary_(new QLabel(this))
    , search_(new QLineEdit(this))
    , fit_(new QToolButton(this))
    , found_(new QStringListModel(this))
    , progress_(new QFrame(this))
    , progress_text_(new QLabel(progress_))
{
    build();
    set_dot_program(QCoreApplication::applicationFilePath());
    dot_timer_.setSingleShot(true);
    connect(&dot_timer_, &QTimer::timeout, this, [this] {
        if (view_->state().layout == LayoutChoice::dot && has_iteration_) {
            waits_for_edges_ = true;
            read_until_ = std::max(read_until_, shown_.record.index.value);
            Q_EMIT edges_wanted(view_->filter());
        }
    });

    connect(color_, &QComboBox::currentIndexChanged, this,
        [this] { view_->choose_colors(static_cast<ColorChoice>(color_->currentData().toInt())); });
    connect(lattice_, &QPushButton::clicked, this,
        [this] { set_layout_choice(LayoutChoice::lattice); });
    connect(dot_, &QPushButton::clicked, this, [this] { set_layout_choice(LayoutChoice::dot); });
    connect(strongest_, &QSlider::valueChanged, this, &CircuitPanel::apply_strongest);
    connect(filter_, &QToolButton::clicked, this, [this] {
        filter_form_->adjustSize();
        filter_form_->move(filter_->mapToGlobal(QPoint(0, filter_->height() + 4)));
        filter_form_->show();
        filter_form_->setFocus();
    });
    connect(filter_form_, &FilterForm::changed, view_, &CircuitView::set_filter);
    connect(show_all_, &QToolButton::clicked, view_, &CircuitView::show_all);
    connect(search_, &QLineEdit::returnPressed, this, &CircuitPanel::search);
    connect(search_, &QLineEdit::textEdited, this, [this](const QString& typed) {
        set_search_state(true);
        update_completions(typed);
    });
    connect(search_->completer(), qOverload<const QString&>(&QCompleter::activated), this,
        &CircuitPanel::search, Qt::QueuedConnection);
    connect(fit_, &QToolButton::clicked, view_, &CircuitView::fit);
    connect(view_, &CircuitView::selection_changed, this, [this](const QString& name) {
        search_->setText(name);
        search_->setCursorPosition(0);
        set_search_state(true);
    });
    connect(view_, &CircuitView::state_changed, this, &CircuitPanel::follow_state);
    connect(view_, &CircuitView::scene_changed, this, &CircuitPanel::update_summary);
    connect(view_, &CircuitView::plain_layout_changed, this, [this] {
        dot_layouts_->cancel();
        want_dot(0);
    });
}

void CircuitPanel::build()
{
    add_choice(color_, "change since previous", ColorChoice::since_previous);
    add_choice(color_, "change since start", ColorChoice::since_start);
    add_choice(color_, "change since iteration 0", ColorChoice::since_chosen);
    add_choice(color_, "sign of the score", ColorChoice::sign);
    add_choice(color_, "query, key, value", ColorChoice::kind);
    add_choice(color_, "age in the circuit", ColorChoice::age);
    add_choice(color_, "one colour", ColorChoice::single);
    color_->setToolTip(QStringLiteral("What the edges' colours say"));
    color_->setAccessibleName(QStringLiteral("Colour"));

    for (QPushButton* button : { lattice_, dot_ }) {
        button->setCheckable(true);
        button->setAutoExclusive(true);
        button->setProperty(
            "segment", button == lattice_ ? QStringLiteral("left") : QStringLiteral("right"));
    }
    lattice_->setChecked(true);
    lattice_->setObjectName(QStringLiteral("latticeLayout"));
    lattice_->setToolTip(QStringLiteral("Every node at its place: heads in columns, MLPs above"));
    lattice_->setAccessibleName(QStringLiteral("Lattice layout"));
    dot_->setObjectName(QStringLiteral("dotLayout"));
    dot_->setToolTip(QStringLiteral("Only the nodes of the run's circuits, in the order in which "
                                    "their edges cross least (Graphviz)"));
    dot_->setAccessibleName(QStringLiteral("Dot layout"));

    strongest_->setRange(1, 35);
    strongest_->setValue(view_->filter().strongest);
    strongest_->setFixedWidth(110);
    strongest_->setToolTip(QStringLiteral("Show only the edges with the largest |score|"));
    strongest_->setAccessibleName(QStringLiteral("Strongest edges"));

    filter_->setText(QStringLiteral("Filter"));
    filter_->setObjectName(QStringLiteral("filter"));
    filter_->setToolTip(QStringLiteral("Show only a share of the score, some kinds or layers, "
                                       "connected edges, what entered or left"));
    filter_->setAccessibleName(QStringLiteral("Filter"));
    show_all_->setText(QStringLiteral("Show all"));
    show_all_->setObjectName(QStringLiteral("showAll"));
    show_all_->setToolTip(QStringLiteral("Show what is hidden or not isolated (Shift+H)"));
    show_all_->setAccessibleName(QStringLiteral("Show all"));
    show_all_->hide();

    search_->installEventFilter(this);
    search_->setPlaceholderText(QStringLiteral("a2.h5"));
    search_->addAction(icon(QStringLiteral("search")), QLineEdit::TrailingPosition);
    search_->setMinimumWidth(70);
    search_->setMaximumWidth(140);
    search_->setToolTip(QStringLiteral("Find a node (a2.h5, m0.g3), an input of it (a2.h5<q>), an "
                                       "edge (m0->a2.h5<q>) or all edges of a node (m0->)"));
    search_->setAccessibleName(QStringLiteral("Find a node or an edge"));
    auto* completer = new QCompleter(found_, this);
    completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    completer->setMaxVisibleItems(12);
    completer->popup()->setMinimumWidth(220); // an edge's name is wider than the line
    search_->setCompleter(completer);

    fit_->setIcon(icon(QStringLiteral("fit")));
    fit_->setToolTip(QStringLiteral("Show everything (F)"));
    fit_->setAccessibleName(QStringLiteral("Show everything"));
    fit_->setProperty("flat", true);

    summary_->setMinimumWidth(60);
    summary_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto* segments = new QHBoxLayout;
    segments->setSpacing(0);
    segments->addWidget(lattice_);
    segments->addWidget(dot_);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(16, 8, 16, 8);
    bar->setSpacing(10);
    bar->addLayout(segments);
    bar->addWidget(color_);
    bar->addWidget(dim_label(QStringLiteral("Strongest"), this));
    bar->addWidget(strongest_);
    bar->addWidget(filter_);
    bar->addWidget(summary_, 1);
    bar->addWidget(show_all_);
    bar->addWidget(search_);
    bar->addWidget(fit_);

    auto* busy = new QProgressBar(progress_);
    busy->setRange(0, 0);
    busy->setTextVisible(false);
    busy->setFixedWidth(120);
    busy->setAccessibleName(QStringLiteral("Layout under way"));
    auto* cancel = new QPushButton(QStringLiteral("Cancel"), progress_);
    cancel->setObjectName(QStringLiteral("cancelLayout"));
    cancel->setToolTip(QStringLiteral("Stop Graphviz and stay with the lattice"));
    cancel->setAccessibleName(QStringLiteral("Cancel the layout"));
    connect(
        cancel, &QPushButton::clicked, this, [this] { set_layout_choice(LayoutChoice::lattice); });
    auto* line = new QHBoxLayout(progress_);
    line->setContentsMargins(12, 6, 12, 6);
    line->addWidget(progress_text_);
    line->addWidget(busy);
    line->addWidget(cancel);
    progress_->setObjectName(QStringLiteral("layoutProgress"));
    progress_->setProperty("popup", true);
    progress_->hide();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(view_, 1);
}

void CircuitPanel::set_dot_program(const QString& program)
{
    dot_layouts_ = std::make_unique<DotLayouts>(program);
    connect(dot_layouts_.get(), &DotLayouts::ready, this,
        [this](std::shared_ptr<const CircuitLayout> layout) {
            progress_->hide();
            view_->set_dot_layout(std::move(layout));
        });
    connect(dot_layouts_.get(), &DotLayouts::failed, this, [this](const QString& sentence) {
        set_layout_choice(LayoutChoice::lattice);
        Q_EMIT failed(sentence);
    });
}

void CircuitPanel::set_graph(std::shared_ptr<const ComputationalGraph> graph)
{
    has_iteration_ = false;
    read_until_ = -1;
    shown_ = {};
    if (graph)
        filter_form_->set_layers(graph->shape().layers);
    view_->set_graph(std::move(graph));
    update_summary();
}

void CircuitPanel::show_iteration(ShownIteration iteration, bool animate)
{
    shown_ = std::move(iteration);
    const bool first = !std::exchange(has_iteration_, true);
    {
        const QSignalBlocker quiet(strongest_);
        const int most = std::max(1, static_cast<int>(shown_.now.size()));
        strongest_->setRange(1, most);
        strongest_->setPageStep(std::max(1, most / 10));
        const int wanted = view_->filter().strongest;
        strongest_->setValue(wanted > 0 ? std::min(wanted, most) : most);
    }
    show_colors(animate);
    if (first)
        want_dot(0);
    else if (shown_.record.index.value > read_until_ && misses_nodes() && !dot_timer_.isActive()
        && !dot_layouts_->busy())
        want_dot(miss_ms);
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

void CircuitPanel::set_ages(std::vector<int> ages)
{
    shown_.ages = std::move(ages);
    if (shows_age())
        show_colors(true);
}

bool CircuitPanel::shows_age() const
{
    return view_->state().colors == ColorChoice::age;
}

void CircuitPanel::set_chosen_iteration(int iteration, bool choose)
{
    const int row = color_->findData(static_cast<int>(ColorChoice::since_chosen));
    color_->setItemText(row, QStringLiteral("change since iteration %1").arg(iteration));
    chosen_iteration_ = iteration;
    if (choose)
        color_->setCurrentIndex(row);
}

void CircuitPanel::show_colors(bool animate)
{
    colors_ = view_->state().colors;
    Circuit reference;
    QString name;
    if (colors_ == ColorChoice::since_previous) {
        reference = shown_.previous;
        name = QStringLiteral("the previous");
    } else if (colors_ == ColorChoice::since_start) {
        reference = shown_.first;
        name = QStringLiteral("the start");
    } else if (colors_ == ColorChoice::since_chosen) {
        reference = shown_.chosen;
        name = QStringLiteral("iteration %1").arg(chosen_iteration_);
    }
    filter_form_->set_reference(name);
    view_->set_color_mode(mode_of(colors_));
    view_->show_circuit(shown_.now, reference, animate, shown_.ages);
}

void CircuitPanel::apply_strongest(int n)
{
    CircuitFilter filter = view_->filter();
    filter.strongest = n;
    view_->set_filter(filter);
}

void CircuitPanel::change_strongest(int by)
{
    strongest_->setValue(strongest_->value() + by);
}

void CircuitPanel::follow_state()
{
    const ViewState& state = view_->state();
    const QSignalBlocker quiet_colors(color_);
    color_->setCurrentIndex(color_->findData(static_cast<int>(state.colors)));
    const QSignalBlocker quiet_strongest(strongest_);
    strongest_->setValue(
        state.filter.strongest > 0 ? state.filter.strongest : strongest_->maximum());
    filter_form_->set_filter(state.filter);
    const bool filters = FilterForm::filters(state.filter);
    filter_->setText(filters ? QStringLiteral("Filter •") : QStringLiteral("Filter"));
    show_all_->setVisible(!state.isolated.empty() || !state.hidden.empty());
    const bool dot = state.layout == LayoutChoice::dot;
    (dot ? dot_ : lattice_)->setChecked(true);
    if (!dot) {
        dot_layouts_->cancel();
        dot_timer_.stop();
        waits_for_edges_ = false;
        progress_->hide();
    }
    if (dot != dot_shown_ || state.filter != laid_out_)
        want_dot(dot != dot_shown_ ? 0 : settle_ms);
    dot_shown_ = dot;
    laid_out_ = state.filter;
    if (state.colors != colors_ && has_iteration_) {
        show_colors(true);
        if (shows_age())
            Q_EMIT ages_wanted();
    }
}

void CircuitPanel::set_layout_choice(LayoutChoice choice)
{
    view_->choose_layout(choice);
}

void CircuitPanel::want_dot(int in_ms)
{
    if (view_->state().layout != LayoutChoice::dot || !has_iteration_)
        return;
    dot_timer_.start(in_ms);
    QTimer::singleShot(in_ms + quiet_ms, this, [this] {
        if (dot_timer_.isActive() || waits_for_edges_ || dot_layouts_->busy())
            show_progress(QStringLiteral("Graphviz is laying the circuit out"));
    });
}

void CircuitPanel::set_edges_of_run(std::vector<EdgeId> edges)
{
    waits_for_edges_ = false;
    if (view_->state().layout != LayoutChoice::dot || !has_iteration_)
        return;
    dot_layouts_->request(view_->scene().graph, view_->plain_layout(), std::move(edges));
}

void CircuitPanel::edges_of_run_changed()
{
    want_dot(settle_ms);
}

void CircuitPanel::show_progress(const QString& sentence)
{
    progress_text_->setText(sentence);
    // Over the picture, which would move if it had to make room.
    progress_->adjustSize();
    progress_->move(view_->pos() + QPoint(16, 10));
    progress_->raise();
    progress_->show();
}

// An edge is shown at a node that the dot layout has put with the rest of its layer.
bool CircuitPanel::misses_nodes() const
{
    const CircuitScene& scene = view_->scene();
    if (!scene.layout || view_->state().layout != LayoutChoice::dot)
        return false;
    const auto is_missed = [&](DrawnNodeId node) {
        return is_rest(scene.layout->nodes[static_cast<std::size_t>(node.value)]);
    };
    return std::ranges::any_of(scene.edges, [&](const EdgeAppearance& edge) {
        return is_missed(source_of(scene, edge.edge)) || is_missed(target_of(scene, edge.edge));
    });
}

void CircuitPanel::update_summary()
{
    if (!has_iteration_) {
        summary_->clear();
        return;
    }
    const auto all = static_cast<int>(shown_.now.size());
    const int shown = edges_shown(view_->scene());
    const QString count = QStringLiteral("%1 of %2").arg(shown).arg(all);
    const QString hidden = shown < all ? QStringLiteral(", %1 hidden").arg(all - shown) : QString();
    const QString share = percent(shown_.record.tunable_ratio);
    const QString edges = count % QStringLiteral(" edges") % hidden;
    // The longest wording for which there is room.
    for (const QString& text :
        { QString(edges % QStringLiteral(" · ") % share % QStringLiteral(" of parameters")),
            QString(edges % QStringLiteral(" · ") % share), edges, QString(count % hidden),
            count }) {
        summary_->setText(text);
        if (summary_->fontMetrics().horizontalAdvance(text) <= summary_->width())
            break;
    }
    summary_->setToolTip(QStringLiteral("%1 of the circuit's %2 edges are shown, %3 are hidden; %4 "
                                        "trainable entries at step %5")
                             .arg(shown)
                             .arg(all)
                             .arg(all - shown)
                             .arg(shown_.record.tunable_count)
                             .arg(shown_.record.step));
}

void CircuitPanel::update_completions(const QString& typed)
{
    found_->setStringList(view_->completions_of(typed, most_completions));
}

void CircuitPanel::resizeEvent(QResizeEvent*)
{
    layout()->activate();
    update_summary();
}

void CircuitPanel::begin_search()
{
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
}

bool CircuitPanel::eventFilter(QObject* watched, QEvent* event)
{
    // It may hold the name of what is selected, which nobody wants to add to. The click that gave
    // it the focus comes after, and would put the cursor somewhere. Tab selects by itself.
    if (watched == search_ && event->type() == QEvent::FocusIn
        && static_cast<QFocusEvent*>(event)->reason() == Qt::MouseFocusReason)
        QTimer::singleShot(0, search_, &QLineEdit::selectAll);
    return QWidget::eventFilter(watched, event);
}

void CircuitPanel::search()
{
    const bool found = search_->text().trimmed().isEmpty() ? (view_->select({}), true)
                                                           : view_->select_named(search_->text());
    set_search_state(found);
    if (found) {
        view_->setFocus();
        return;
    }
    auto* shake = new QPropertyAnimation(search_, "pos", this);
    const QPoint home = search_->pos();
    shake->setDuration(220);
    shake->setStartValue(home);
    for (const double at : { 0.2, 0.6 })
        shake->setKeyValueAt(at, home + QPoint(-5, 0));
    for (const double at : { 0.4, 0.8 })
        shake->setKeyValueAt(at, home + QPoint(5, 0));
    shake->setEndValue(home);
    shake->start(QAbstractAnimation::DeleteWhenStopped);
}

void CircuitPanel::set_search_state(bool found)
{
    search_->setProperty("invalid", !found);
    search_->style()->unpolish(search_);
    search_->style()->polish(search_);
}

} // namespace circuitloom::ui
