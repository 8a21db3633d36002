#include "ui/circuit/circuit_toolbar.h"

#include "core/analysis/circuit_measures.h"
#include "core/base/number_text.h"
#include "ui/base/flow_layout.h"
#include "ui/base/measure_text.h"
#include "ui/circuit/filter_form.h"
#include "ui/circuit/fitting_label.h"
#include "ui/circuit/search_field.h"
#include "ui/circuit/strongest_control.h"
#include "ui/theme/icons.h"
#include "ui/theme/text_scale.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>
#include <initializer_list>

namespace circuitloom::ui {

CircuitToolbar::CircuitToolbar(QWidget* parent)
    : QWidget(parent)
    , color_(new QComboBox(this))
    , lattice_(new QPushButton(tr("Lattice"), this))
    , dot_(new QPushButton(tr("Dot"), this))
    , matrix_(new QPushButton(tr("Matrix"), this))
    , strongest_(new StrongestControl(this))
    , filter_(new QToolButton(this))
    , filter_form_(new FilterForm(this))
    , summary_(new FittingLabel(this))
    , show_all_(new QToolButton(this))
    , search_(new SearchField(this))
    , fit_(new QToolButton(this))
{
    build_choices();
    build_filter();
    clear_summary();
    fit_->setIcon(icon(QStringLiteral("fit")));
    fit_->setToolTip(tr("Show everything (F)"));
    fit_->setAccessibleName(tr("Show everything"));
    fit_->setProperty("flat", true);
    connect(fit_, &QToolButton::clicked, this, &CircuitToolbar::fit_requested);
    arrange();
}

void CircuitToolbar::build_choices()
{
    const auto add_color = [this](const QString& text, ColorChoice choice) {
        color_->addItem(text, static_cast<int>(choice));
    };
    add_color(tr("change since start"), ColorChoice::since_start);
    add_color(tr("change since previous"), ColorChoice::since_previous);
    add_color(tr("change since iteration %1").arg(0), ColorChoice::since_chosen);
    add_color(tr("sign of the score"), ColorChoice::sign);
    add_color(tr("query, key, value"), ColorChoice::kind);
    add_color(tr("age in the circuit"), ColorChoice::age);
    add_color(tr("certainty"), ColorChoice::certainty);
    add_color(tr("one colour"), ColorChoice::single);
    color_->setToolTip(tr("What the edges' colours say"));
    color_->setAccessibleName(tr("Colour"));
    // Cut short, "iteration 58" would read as iteration 5.
    color_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(color_, &QComboBox::currentIndexChanged, this,
        [this] { Q_EMIT colors_chosen(static_cast<ColorChoice>(color_->currentData().toInt())); });

    for (QPushButton* button : { lattice_, dot_, matrix_ }) {
        button->setCheckable(true);
        button->setAutoExclusive(true);
        const QPushButton* leftmost = isRightToLeft() ? matrix_ : lattice_;
        button->setProperty("segment",
            button == dot_           ? QStringLiteral("middle")
                : button == leftmost ? QStringLiteral("left")
                                     : QStringLiteral("right"));
    }
    lattice_->setChecked(true);
    lattice_->setObjectName(QStringLiteral("latticeLayout"));
    lattice_->setToolTip(tr("Every node at its place: heads in columns, MLPs above"));
    lattice_->setAccessibleName(tr("Lattice layout"));
    dot_->setObjectName(QStringLiteral("dotLayout"));
    dot_->setToolTip(tr("Only the nodes of the run's circuits, in the order in which their edges "
                        "cross least (Graphviz)"));
    dot_->setAccessibleName(tr("Dot layout"));
    connect(lattice_, &QPushButton::clicked, this,
        [this] { Q_EMIT layout_chosen(LayoutChoice::lattice); });
    connect(dot_, &QPushButton::clicked, this, [this] { Q_EMIT layout_chosen(LayoutChoice::dot); });
    matrix_->setObjectName(QStringLiteral("matrixLayout"));
    matrix_->setToolTip(tr("A row for each node that is read, a column for each that reads: no "
                           "edge hides another"));
    matrix_->setAccessibleName(tr("Matrix layout"));
    connect(matrix_, &QPushButton::clicked, this,
        [this] { Q_EMIT layout_chosen(LayoutChoice::matrix); });
}

void CircuitToolbar::build_filter()
{
    connect(strongest_, &StrongestControl::chosen, this, [this](int edges) {
        CircuitFilter filter = shown_filter_;
        filter.strongest = edges;
        Q_EMIT filter_changed(filter);
    });

    filter_->setText(tr("Filter"));
    filter_->setObjectName(QStringLiteral("filter"));
    filter_->setToolTip(tr("Show only a share of the score, some kinds or layers, connected edges, "
                           "what entered or left"));
    filter_->setAccessibleName(tr("Filter"));
    connect(filter_, &QToolButton::clicked, this, [this] {
        filter_form_->adjustSize();
        filter_form_->move(filter_->mapToGlobal(QPoint(0, filter_->height() + 4)));
        filter_form_->show();
        filter_form_->setFocus();
    });
    connect(filter_form_, &FilterForm::changed, this, &CircuitToolbar::filter_changed);

    show_all_->setText(tr("Show all"));
    show_all_->setObjectName(QStringLiteral("showAll"));
    show_all_->setToolTip(tr("Show what is hidden or not isolated (Shift+H)"));
    show_all_->setAccessibleName(tr("Show all"));
    show_all_->hide();
    connect(show_all_, &QToolButton::clicked, this, &CircuitToolbar::show_all_requested);
}

void CircuitToolbar::arrange()
{
    const auto together = [this](std::initializer_list<QWidget*> widgets, int spacing) {
        auto* group = new QWidget(this);
        group->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
        auto* row = new QHBoxLayout(group);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(spacing);
        for (QWidget* widget : widgets)
            row->addWidget(widget);
        return group;
    };
    auto* strongest = new QLabel(tr("Strongest"), this);
    strongest->setProperty("dim", true);
    constexpr int gap = 10;
    auto* bar = new FlowLayout(this);
    bar->setContentsMargins(16, 8, 16, 8);
    bar->setSpacing(gap);
    bar->addWidget(together({ lattice_, dot_, matrix_ }, 0));
    bar->addWidget(color_);
    bar->addWidget(together({ strongest, strongest_ }, gap));
    for (QWidget* widget : std::initializer_list<QWidget*>{ filter_, summary_, show_all_ })
        bar->addWidget(widget);
    bar->addWidget(together({ search_, fit_ }, gap));
}

void CircuitToolbar::set_state(const ViewState& state)
{
    shown_filter_ = state.filter;
    const QSignalBlocker quiet_colors(color_);
    color_->setCurrentIndex(color_->findData(static_cast<int>(state.colors)));
    strongest_->set_number(state.filter.strongest);
    filter_form_->set_filter(state.filter);
    filter_->setText(FilterForm::filters(state.filter) ? tr("Filter •") : tr("Filter"));
    show_all_->setVisible(!state.isolated.empty() || !state.hidden.empty());
    (state.layout == LayoutChoice::dot          ? dot_
            : state.layout == LayoutChoice::matrix ? matrix_
                                                   : lattice_)
        ->setChecked(true);
    layout()->activate(); // the summary may have more room now, or less
}

void CircuitToolbar::set_layers(int count)
{
    filter_form_->set_layers(count);
}

void CircuitToolbar::set_edge_count(int edges)
{
    strongest_->set_most(std::max(1, edges));
}

void CircuitToolbar::set_chosen_iteration(int iteration)
{
    color_->setItemText(color_->findData(static_cast<int>(ColorChoice::since_chosen)),
        tr("change since iteration %1").arg(iteration));
}

void CircuitToolbar::set_reference(const QString& name)
{
    filter_form_->set_reference(name);
}

void CircuitToolbar::set_summary(int shown, int all, const IterationRecord& record,
    const std::optional<CircuitStability>& stability)
{
    const QString hidden = shown < all ? tr(", %1 hidden").arg(all - shown) : QString();
    const QString count = tr("%1 of %2").arg(shown).arg(all);
    const QString edges = tr("%1 of %2 edges").arg(shown).arg(all) % hidden;
    QString tip = tr("%1 of the circuit's %2 edges are shown, %3 are hidden")
                      .arg(shown)
                      .arg(all)
                      .arg(all - shown);
    // Each from the longest wording to none.
    QStringList shares{ QString() };
    QStringList stabilities{ QString() };
    if (record.tunable_ratio > 0) { // else it is not known: others trained it
        const QString share = shown_number(short_percent(record.tunable_ratio));
        shares = { tr(" · %1 of parameters trainable").arg(share),
            tr(" · %1 trainable").arg(share), QString() };
        tip += tr("; %1 trainable entries at step %2").arg(record.tunable_count).arg(record.step);
    }
    if (stability) {
        const QString value = shown_value(measures::stability, stability->jaccard);
        const QString chance = shown_value(measures::stability, stability->chance);
        stabilities = { tr(" · stability %1 (random %2)").arg(value, chance),
            tr(" · stability %1").arg(value), QString() };
        tip += u'\n'
            + tr("Stability %1 of iteration %2: the mean Jaccard index of the circuits that two\n"
                 "resamples of its examples give. Random circuits of as many edges have %3.")
                  .arg(value)
                  .arg(record.index.value)
                  .arg(chance);
    }
    QStringList wordings;
    for (const QString& share : shares)
        wordings << QString(edges % share % stabilities.front());
    for (const QString& shorter : stabilities.mid(1))
        wordings << QString(edges % shorter);
    wordings << QString(count % hidden) << count;
    keep_room(stability.has_value());
    summary_->set_wordings(wordings);
    summary_->setToolTip(tip);
}

void CircuitToolbar::keep_room(bool for_stability)
{
    // Where texts are large, another row of the bar would cost the circuit too much.
    constexpr double large = 1.75;
    QString least
        = (text_scale() < large ? tr("%1 of %2 edges") : tr("%1 of %2")).arg(88).arg(88);
    if (for_stability)
        least += tr(" · stability %1").arg(shown_value(measures::stability, 0.88));
    summary_->setMinimumWidth(fontMetrics().horizontalAdvance(least));
}

void CircuitToolbar::clear_summary()
{
    keep_room(false);
    summary_->set_wordings({});
    summary_->setToolTip({});
}

void CircuitToolbar::change_strongest(int by)
{
    const int edges = std::clamp(strongest_->number() + by, 1, strongest_->most());
    if (edges == strongest_->number())
        return;
    CircuitFilter filter = shown_filter_;
    filter.strongest = edges;
    strongest_->set_number(edges);
    Q_EMIT filter_changed(filter);
}

} // namespace circuitloom::ui
