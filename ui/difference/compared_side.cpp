#include "ui/difference/compared_side.h"

#include "ui/base/steady_text.h"
#include "ui/circuit/circuit_view.h"
#include "ui/difference/comparison_text.h"
#include "ui/difference/linked_views.h"
#include "ui/difference/second_layouts.h"
#include "ui/panels/panel_context.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr QSize least_view(220, 120);
constexpr int least_height_of_several = 200;
constexpr int of_chosen_iteration = -1; // in the box of alignments
constexpr int margin = 12;

/// As large as there is room for: the panel does not scroll for what it would like.
class ViewInPanel : public CircuitView
{
public:
    using CircuitView::CircuitView;
    QSize sizeHint() const override { return minimumSize(); }
};

QVariant data_of(RunId run)
{
    return QVariant::fromValue<qlonglong>(run.value);
}

} // namespace

ComparedSide::ComparedSide(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , letter_(new QLabel(this))
    , run_(new QComboBox(this))
    , difference_(new QToolButton(this))
    , remove_(new QToolButton(this))
    , by_(new QComboBox(this))
    , iteration_(new QSpinBox(this))
    , caption_(new QLabel(this))
    , view_(new ViewInPanel(this))
    , layouts_(new SecondLayouts(*view_, QCoreApplication::applicationFilePath(), this))
{
    build();
    connect_controls();
    connect(layouts_, &SecondLayouts::failed, caption_, [this](const QString& sentence) {
        caption_->setText(caption_->text() + u'\n' + sentence);
    });
    take_theme();
    if (CircuitView* first = context_.circuit_view())
        linked_ = new LinkedViews(*first, *view_, this);
}

void ComparedSide::build()
{
    run_->setObjectName(QStringLiteral("comparedRun"));
    run_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    run_->setMinimumContentsLength(8);
    by_->setObjectName(QStringLiteral("comparedBy"));
    by_->setToolTip(tr("Which of its iterations stands beside the one shown"));
    by_->addItem(tr("at the same step"), static_cast<int>(Alignment::step));
    by_->addItem(tr("after as many examples"), static_cast<int>(Alignment::examples));
    by_->addItem(tr("after as many tokens"), static_cast<int>(Alignment::tokens));
    by_->addItem(tr("at the same loss"), static_cast<int>(Alignment::loss));
    by_->addItem(tr("at the same metric"), static_cast<int>(Alignment::metric));
    by_->addItem(tr("at iteration"), of_chosen_iteration);
    by_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    by_->setMinimumContentsLength(8);
    iteration_->setObjectName(QStringLiteral("comparedIteration"));
    iteration_->hide();
    difference_->setObjectName(QStringLiteral("showDifference"));
    difference_->setCheckable(true);
    difference_->setFocusPolicy(Qt::StrongFocus);
    remove_->setObjectName(QStringLiteral("removeCompared"));
    remove_->setText(QStringLiteral("×"));
    remove_->setProperty("flat", true);
    remove_->setFocusPolicy(Qt::StrongFocus);
    caption_->setObjectName(QStringLiteral("comparedCaption"));
    caption_->setWordWrap(true);
    caption_->setTextFormat(Qt::PlainText);
    view_->setObjectName(QStringLiteral("comparedView"));

    auto* which = new QHBoxLayout;
    which->setSpacing(6);
    which->addWidget(letter_);
    which->addWidget(run_, 1);
    which->addWidget(difference_);
    which->addWidget(remove_);
    auto* when = new QHBoxLayout;
    when->setSpacing(6);
    when->addWidget(by_, 1);
    when->addWidget(iteration_);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(margin, 0, margin, 0);
    top->setSpacing(6);
    top->addLayout(which);
    top->addLayout(when);
    top->addWidget(new SteadyText(*caption_, this, SteadyText::Height::largest_so_far));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(top);
    column->addWidget(view_, 1);
    set_place(place_, true);
}

void ComparedSide::connect_controls()
{
    connect(run_, &QComboBox::currentIndexChanged, this, [this] {
        chosen_ = { run_->currentData().toLongLong() };
        Q_EMIT wish_changed();
    });
    connect(by_, &QComboBox::currentIndexChanged, this, [this] {
        iteration_->setVisible(by_->currentData().toInt() == of_chosen_iteration);
        Q_EMIT wish_changed();
    });
    connect(iteration_, &QSpinBox::valueChanged, this, &ComparedSide::wish_changed);
    connect(difference_, &QToolButton::toggled, this, &ComparedSide::difference_toggled);
    connect(remove_, &QToolButton::clicked, this, &ComparedSide::remove_wanted);
}

void ComparedSide::set_dot_program(const QString& program)
{
    layouts_->set_program(program);
}

void ComparedSide::set_place(std::size_t place, bool alone)
{
    place_ = place;
    const QChar letter = QLatin1Char(letter_of(place));
    setObjectName(QStringLiteral("compared") + letter);
    letter_->setText(letter);
    letter_->setVisible(!alone);
    remove_->setVisible(!alone);
    view_->setMinimumSize(
        least_view.width(), alone ? least_view.height() : least_height_of_several);
    // The first one's mnemonic is the panel's: those of several would only pass the focus on.
    difference_->setText(place == 1 ? tr("&Difference") : tr("Difference"));
    difference_->setToolTip(
        tr("A and %1 as one graph: what is only in one, and where it is stronger").arg(letter));
    difference_->setAccessibleName(tr("Difference between A and %1").arg(letter));
    run_->setAccessibleName(tr("Run that %1 is of").arg(letter));
    run_->setToolTip(run_->accessibleName());
    by_->setAccessibleName(tr("Which iteration of that run is %1").arg(letter));
    iteration_->setAccessibleName(tr("Iteration of %1").arg(letter));
    remove_->setAccessibleName(tr("Remove %1").arg(letter));
    remove_->setToolTip(remove_->accessibleName());
    view_->setAccessibleName(tr("Circuit %1").arg(letter));
}

void ComparedSide::set_wish(const ComparedWith& wish)
{
    const QSignalBlocker quiet_run(run_);
    const QSignalBlocker quiet_by(by_);
    const QSignalBlocker quiet_iteration(iteration_);
    chosen_ = wish.run;
    run_->setCurrentIndex(run_->findData(data_of(chosen_)));
    by_->setCurrentIndex(
        by_->findData(wish.chosen ? of_chosen_iteration : static_cast<int>(wish.by)));
    iteration_->setVisible(wish.chosen.has_value());
    if (wish.chosen) { // how many there are may not be known yet
        iteration_->setMaximum(std::max(iteration_->maximum(), *wish.chosen));
        iteration_->setValue(*wish.chosen);
    }
}

ComparedWith ComparedSide::wish() const
{
    ComparedWith wish;
    wish.run = chosen_;
    const int by = by_->currentData().toInt();
    if (by == of_chosen_iteration)
        wish.chosen = iteration_->value();
    else
        wish.by = static_cast<Alignment>(by);
    return wish;
}

void ComparedSide::set_runs(const std::vector<RunSummary>& runs)
{
    const QSignalBlocker quiet(run_);
    const auto text = [](const RunSummary& run) {
        return tr("%1 · %2").arg(run.id.value).arg(QString::fromStdString(run.description.name));
    };
    bool same = run_->count() == static_cast<int>(runs.size());
    for (int i = 0; same && i < run_->count(); ++i) {
        const RunSummary& run = runs[static_cast<std::size_t>(i)];
        same = run_->itemData(i) == data_of(run.id) && run_->itemText(i) == text(run);
    }
    if (!same) {
        run_->clear();
        for (const RunSummary& run : runs)
            run_->addItem(text(run), data_of(run.id));
    }
    run_->setCurrentIndex(run_->findData(data_of(chosen_)));
}

void ComparedSide::show_found(const ComparedCircuits& found, ColorMode colors)
{
    const OtherCircuit& other = found.others[place_ - 1];
    if (other.iterations > 0) {
        const QSignalBlocker quiet(iteration_);
        iteration_->setMaximum(other.iterations - 1);
    }
    if (!found.a) {
        say(tr("The iteration shown is not in the file yet."));
        return;
    }
    if (!other.circuit) {
        say(why_no_counterpart(found, place_));
        return;
    }
    const ComparedCircuit& a = *found.a;
    const ComparedCircuit& b = *other.circuit;
    const QChar letter = QLatin1Char(letter_of(place_));
    const QString name = name_of(letter, b);
    const bool difference = difference_->isChecked() && other.diff;
    caption_->setText(
        difference_->isChecked() ? name_of(QStringLiteral("A"), a) + u'\n' + name : name);
    if (!other.diff)
        caption_->setText(name + u'\n'
            + tr("The runs' graphs have different nodes, so there is no difference to show."));
    if (const CircuitView* first = context_.circuit_view())
        view_->move_as(*first);
    ViewedCircuit& shown = view_->circuit();
    const auto& graph = difference ? a.graph : b.graph;
    const auto& now = view_->scene().graph;
    if (!now || now->shape() != graph->shape() || now->options() != graph->options())
        show_graph(graph);
    shown.set_color_mode(difference ? ColorMode::sides : colors, letter_of(place_));
    if (difference)
        shown.show(a.circuit, b.circuit, true);
    else
        shown.show(b.circuit, b.reference, true);
    std::set<RunId> runs{ b.run.id };
    if (difference)
        runs.insert(a.run.id);
    layouts_->show(found.wish.file, runs, b.at.index.value);
}

void ComparedSide::say(const QString& sentence)
{
    show_graph(nullptr);
    layouts_->show_none();
    view_->set_placeholder(sentence);
    caption_->setText(sentence);
}

void ComparedSide::show_graph(const std::shared_ptr<const ComputationalGraph>& graph)
{
    if (linked_)
        linked_->set_second_graph(graph);
    else
        view_->circuit().set_graph(graph);
}

void ComparedSide::set_linked(bool linked)
{
    if (linked_)
        linked_->set_linked(linked);
}

QWidget* ComparedSide::tab_after(QWidget* before)
{
    for (QWidget* next :
        std::initializer_list<QWidget*>{ run_, difference_, remove_, by_, iteration_, view_ }) {
        setTabOrder(before, next);
        before = next;
    }
    return before;
}

void ComparedSide::take_theme()
{
    view_->set_theme(context_.theme());
}

} // namespace circuitloom::ui
