#include "ui/circuit/circuit_panel.h"

#include "core/base/number_text.h"
#include "ui/base/measure_text.h"
#include "ui/circuit/filter_form.h"

#include <QComboBox>
#include <QCompleter>
#include <QCoreApplication>
#include <QFocusEvent>
#include <QFrame>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPropertyAnimation>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QStringListModel>
#include <QStyle>
#include <QToolButton>

#include <algorithm>
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
    default:
        return ColorMode::change;
    }
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
    else
        mind_missing_nodes();
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
    layout()->activate();
    update_summary(); // for which there may be more room now, or less
    const bool dot = state.layout == LayoutChoice::dot;
    (dot ? dot_ : lattice_)->setChecked(true);
    if (!dot) {
        dot_layouts_->cancel();
        dot_timer_.stop();
        waits_for_edges_ = false;
        progress_->hide();
    }
    if (dot != dot_shown_)
        want_dot(0);
    else if (state.filter != laid_out_)
        edges_of_run_changed();
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
    const QString share = shown_number(short_percent(shown_.record.tunable_ratio));
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
