#include "ui/curves/curves_bar.h"

#include "ui/base/flow_layout.h"
#include "ui/curves/place_text.h"
#include "ui/curves/run_legend.h"
#include "ui/theme/text_scale.h"

#include <QActionGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int parts_of_weight = 100; // that the slider distinguishes

int parts_of(double weight)
{
    return qRound(weight * parts_of_weight);
}

QToolButton* flat_button(QWidget* parent, const QString& name, const QString& text)
{
    auto* button = new QToolButton(parent);
    button->setObjectName(name);
    button->setText(text);
    button->setProperty("flat", true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

CurvesBar::CurvesBar(QWidget* parent)
    : QWidget(parent)
    , legend_(new RunLegend(this))
    , smoothing_text_(new QLabel(this))
    , smoothing_(new QSlider(Qt::Horizontal, this))
    , axis_(new QComboBox(this))
    , logarithmic_(flat_button(this, QStringLiteral("curvesLogAxis"), tr("log x")))
    , axis_note_(new QLabel(this))
    , seeds_(flat_button(this, QStringLiteral("curvesSeeds"), tr("Seeds")))
    , apart_(flat_button(this, QStringLiteral("curvesApart"), tr("Apart")))
    , add_(flat_button(this, QStringLiteral("curvesAdd"), QStringLiteral("+")))
{
    setObjectName(QStringLiteral("curvesBar"));
    smoothing_text_->setProperty("dim", true);
    follow_text_scale(*smoothing_text_, [this] {
        smoothing_text_->setFixedWidth(
            smoothing_text_->fontMetrics().horizontalAdvance(tr("Smoothing %1").arg(0.88)) + 4);
    });
    smoothing_->setObjectName(QStringLiteral("curvesSmoothing"));
    smoothing_->setRange(0, parts_of(most_smoothing));
    smoothing_->setLayoutDirection(Qt::LeftToRight); // numbers run to the right in every language
    smoothing_->setFixedWidth(90);
    smoothing_->setFocusPolicy(Qt::TabFocus);
    smoothing_->setToolTip(
        tr("Smooths all curves exponentially: how much counts of what came before. "
           "The curve as it is stays faint behind."));
    smoothing_->setAccessibleName(tr("Smoothing of the curves"));
    axis_->setObjectName(QStringLiteral("curvesAxis"));
    axis_->setToolTip(tr("The horizontal axis of all plots and of the timeline"));
    axis_->setAccessibleName(axis_->toolTip());
    axis_->setFocusPolicy(Qt::TabFocus);
    for (const AxisQuantity quantity : { AxisQuantity::step, AxisQuantity::iteration,
             AxisQuantity::examples, AxisQuantity::tokens, AxisQuantity::wall_time })
        axis_->addItem(title_of(quantity), static_cast<int>(quantity));
    logarithmic_->setCheckable(true);
    logarithmic_->setProperty("flat", false); // it must be seen whether it is on
    logarithmic_->setToolTip(tr("A logarithmic horizontal axis for all plots. L makes the vertical "
                                "axis of the plot with the focus logarithmic."));
    logarithmic_->setAccessibleName(logarithmic_->toolTip());
    axis_note_->setObjectName(QStringLiteral("curvesAxisNote"));
    axis_note_->setProperty("dim", true);
    axis_note_->setTextFormat(Qt::PlainText); // names from files come through it
    axis_note_->hide();
    add_->setToolTip(tr("Add a plot"));
    add_->setAccessibleName(add_->toolTip());
    seeds_->setToolTip(tr("Runs that differ only in their seed as their mean and spread"));
    seeds_->setAccessibleName(seeds_->toolTip());
    seeds_->setPopupMode(QToolButton::InstantPopup);
    seeds_->hide();
    make_seeds_menu();
    apart_->setCheckable(true);
    apart_->setProperty("flat", false); // it must be seen whether it is on
    apart_->setToolTip(tr("Each run in a plot of its own, all on one scale, instead of on one axis"));
    apart_->setAccessibleName(apart_->toolTip());
    apart_->hide();

    auto* smooth = new QWidget(this);
    auto* pair = new QHBoxLayout(smooth);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->setSpacing(6);
    pair->addWidget(smoothing_text_);
    pair->addWidget(smoothing_);
    auto* row = new FlowLayout(this);
    row->setContentsMargins(6, 0, 2, 0);
    row->setSpacing(6);
    for (QWidget* widget :
        std::initializer_list<QWidget*>{
            legend_, seeds_, apart_, smooth, axis_, logarithmic_, axis_note_, add_ })
        row->addWidget(widget);
    show_view({});

    connect(legend_, &RunLegend::hide_requested, this, &CurvesBar::hide_requested);
    connect(smoothing_, &QSlider::valueChanged, this, [this](int parts) {
        const double weight = static_cast<double>(parts) / parts_of_weight;
        show_smoothing(weight);
        Q_EMIT smoothing_chosen(weight);
    });
    const auto choose_axis = [this] {
        Q_EMIT axis_chosen({ static_cast<AxisQuantity>(axis_->currentData().toInt()),
            logarithmic_->isChecked() });
    };
    connect(axis_, &QComboBox::activated, this, choose_axis);
    connect(logarithmic_, &QToolButton::clicked, this, choose_axis);
    connect(apart_, &QToolButton::clicked, this, &CurvesBar::apart_chosen);
    connect(add_, &QToolButton::clicked, this,
        [this] { Q_EMIT menu_requested(add_->mapToGlobal(QPoint(0, add_->height()))); });
}

void CurvesBar::make_seeds_menu()
{
    auto* menu = new QMenu(seeds_);
    auto* group = new QActionGroup(menu);
    for (const QString& text : { tr("Each run"), tr("Mean ± one standard deviation"),
             tr("Mean, from the least to the greatest") }) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        group->addAction(action);
        const auto band = static_cast<SeedBand>(bands_.size());
        connect(action, &QAction::triggered, this, [this, band] { Q_EMIT seeds_chosen(band); });
        bands_ << action;
    }
    seeds_->setMenu(menu);
}

void CurvesBar::show_runs(std::span<const PlottedRun> runs)
{
    legend_->show_runs(runs);
    apart_->setVisible(runs.size() > 1);
    seeds_->setVisible(
        std::ranges::any_of(runs, [](const PlottedRun& run) { return run.alike.has_value(); }));
}

void CurvesBar::show_view(const CurvesView& view)
{
    const QSignalBlocker quiet(smoothing_);
    smoothing_->setValue(parts_of(view.smoothing));
    show_smoothing(view.smoothing);
    axis_->setCurrentIndex(axis_->findData(static_cast<int>(view.axis.quantity)));
    logarithmic_->setChecked(view.axis.logarithmic);
    apart_->setChecked(view.apart);
    bands_.at(static_cast<qsizetype>(view.seeds))->setChecked(true);
    seeds_->setText(view.seeds == SeedBand::none ? tr("Seeds")
            : view.seeds == SeedBand::deviation  ? tr("Seeds: ± s.d.")
                                                 : tr("Seeds: min–max"));
}

void CurvesBar::show_axis_note(const QString& note)
{
    axis_note_->setText(note);
    axis_note_->setVisible(!note.isEmpty());
}

void CurvesBar::show_smoothing(double weight)
{
    smoothing_text_->setText(
        weight > 0 ? tr("Smoothing %1").arg(weight, 0, 'f', 2) : tr("Smoothing"));
}

} // namespace circuitloom::ui
