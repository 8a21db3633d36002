#include "ui/difference/compare_panel.h"

#include "ui/base/file_path.h"
#include "ui/circuit/circuit_view.h"
#include "ui/difference/comparison_text.h"
#include "ui/difference/linked_views.h"
#include "ui/difference/second_layouts.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <set>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr QSize least_view(220, 120);
constexpr int settle_ms = 40; // while the timeline runs not every frame need be followed
constexpr int of_chosen_iteration = -1; // in the box of alignments
constexpr int margin = 12;

ColorMode mode_of(ColorChoice colors)
{
    switch (colors) {
    case ColorChoice::sign:
        return ColorMode::sign;
    case ColorChoice::kind:
        return ColorMode::kind;
    case ColorChoice::age: // which is not read of B
    case ColorChoice::single:
        return ColorMode::single;
    default:
        return ColorMode::change;
    }
}

OwnReference reference_of(ColorChoice colors)
{
    if (mode_of(colors) != ColorMode::change)
        return OwnReference::none;
    return colors == ColorChoice::since_previous ? OwnReference::previous : OwnReference::first;
}

} // namespace

ComparePanel::ComparePanel(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , run_(new QComboBox(this))
    , by_(new QComboBox(this))
    , iteration_(new QSpinBox(this))
    , difference_(new QToolButton(this))
    , caption_(new QLabel(this))
    , view_(new CircuitView(this))
    , figures_(new QLabel(this))
    , layouts_(new SecondLayouts(*view_, QCoreApplication::applicationFilePath(), this))
{
    setObjectName(QStringLiteral("compareCircuits"));
    setAttribute(Qt::WA_StyledBackground);
    build();
    connect_controls();
    connect(layouts_, &SecondLayouts::failed, caption_, [this](const QString& sentence) {
        caption_->setText(caption_->text() + u'\n' + sentence);
    });
    timer_.setSingleShot(true);
    timer_.setInterval(settle_ms);
    connect(&timer_, &QTimer::timeout, this, &ComparePanel::read);
    connect(&context_, &PanelContext::place_changed, this, &ComparePanel::refresh_soon);
    const auto take_theme = [this] { view_->set_theme(context_.theme()); };
    connect(&context_, &PanelContext::theme_changed, this, take_theme);
    take_theme();
    if (CircuitView* first = context_.circuit_view()) {
        linked_ = new LinkedViews(*first, *view_, this);
        connect(&first->circuit(), &ViewedCircuit::state_changed, this,
            &ComparePanel::follow_colors);
    }
}

void ComparePanel::build()
{
    auto* heading = new QLabel(tr("COMPARE CIRCUITS"), this);
    heading->setProperty("heading", true);
    run_->setObjectName(QStringLiteral("comparedRun"));
    run_->setAccessibleName(tr("Run that B is of"));
    run_->setToolTip(tr("Run that B is of"));
    run_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    run_->setMinimumContentsLength(8);
    by_->setObjectName(QStringLiteral("comparedBy"));
    by_->setAccessibleName(tr("Which iteration of that run"));
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
    iteration_->setAccessibleName(tr("Iteration of B"));
    iteration_->hide();
    difference_->setObjectName(QStringLiteral("showDifference"));
    difference_->setText(tr("&Difference"));
    difference_->setToolTip(tr("A and B as one graph: what is only in one, and where it is stronger"));
    difference_->setCheckable(true);
    difference_->setFocusPolicy(Qt::StrongFocus);
    caption_->setObjectName(QStringLiteral("comparedCaption"));
    caption_->setWordWrap(true);
    caption_->setTextFormat(Qt::PlainText);
    figures_->setObjectName(QStringLiteral("comparedFigures"));
    figures_->setWordWrap(true);
    figures_->setTextFormat(Qt::RichText);
    figures_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    view_->setObjectName(QStringLiteral("comparedView"));
    view_->setAccessibleName(tr("Circuit B"));
    view_->setMinimumSize(least_view);

    auto* which = new QHBoxLayout;
    which->setSpacing(6);
    which->addWidget(run_, 1);
    which->addWidget(difference_);
    auto* when = new QHBoxLayout;
    when->setSpacing(6);
    when->addWidget(by_, 1);
    when->addWidget(iteration_);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(margin, 0, margin, 0);
    top->setSpacing(6);
    top->addWidget(heading);
    top->addLayout(which);
    top->addLayout(when);
    top->addWidget(caption_);
    auto* bottom = new QVBoxLayout;
    bottom->setContentsMargins(margin, 0, margin, 0);
    bottom->addWidget(figures_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 8);
    column->setSpacing(6);
    column->addLayout(top);
    column->addWidget(view_, 1);
    column->addLayout(bottom);
}

void ComparePanel::connect_controls()
{
    connect(run_, &QComboBox::currentIndexChanged, this, [this] {
        chosen_ = { run_->currentData().toLongLong() };
        refresh_soon();
    });
    connect(by_, &QComboBox::currentIndexChanged, this, [this] {
        iteration_->setVisible(by_->currentData().toInt() == of_chosen_iteration);
        refresh_soon();
    });
    connect(iteration_, &QSpinBox::valueChanged, this, &ComparePanel::refresh_soon);
    connect(difference_, &QToolButton::toggled, this, [this] {
        if (found_)
            show_circuits(*found_);
    });
}

void ComparePanel::refresh_soon()
{
    if (!timer_.isActive())
        timer_.start();
}

void ComparePanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (linked_)
        linked_->set_linked(true);
    refresh_soon();
}

void ComparePanel::hideEvent(QHideEvent* event)
{
    if (linked_)
        linked_->set_linked(false);
    QWidget::hideEvent(event);
}

bool ComparePanel::shows_difference() const
{
    return difference_->isChecked();
}

std::optional<ComparisonWish> ComparePanel::wish() const
{
    const std::optional<ShownPlace> place = context_.place();
    if (!place)
        return std::nullopt;
    ComparisonWish wish;
    wish.file = path_of(place->file);
    wish.shown = place->run;
    wish.iteration = place->iteration;
    wish.other = chosen_.value > 0 && path_of(place->file) == file_ ? chosen_ : place->run;
    const int by = by_->currentData().toInt();
    if (by == of_chosen_iteration)
        wish.chosen = iteration_->value();
    else
        wish.by = static_cast<Alignment>(by);
    if (const CircuitView* first = context_.circuit_view())
        wish.reference = reference_of(first->state().colors);
    return wish;
}

void ComparePanel::read()
{
    if (!isVisible() || reading_)
        return;
    const std::optional<ComparisonWish> wanted = wish();
    if (!wanted) {
        found_.reset();
        say(tr("Open an experiment, or run the demo: then a second circuit stands here beside the "
               "one shown."));
        Q_EMIT shown();
        return;
    }
    reading_ = true;
    const auto ended = [this, wanted] {
        reading_ = false;
        if (wish() != wanted)
            read(); // The timeline went on meanwhile.
        else
            Q_EMIT shown();
    };
    background_.run(
        this, [wanted = *wanted] { return read_compared(wanted); },
        [this, ended](const ComparedCircuits& found) {
            take(found);
            ended();
        },
        [this, ended](const QString& sentence) {
            found_.reset();
            say(sentence);
            ended();
        });
}

void ComparePanel::take(const ComparedCircuits& found)
{
    const std::optional<ShownPlace> place = context_.place();
    if (!place || path_of(place->file) != found.wish.file)
        return; // Another file was opened meanwhile, and is read next.
    found_ = found;
    show_runs(found);
    {
        const QSignalBlocker quiet(iteration_);
        iteration_->setMaximum(std::max(0, found.iterations - 1));
    }
    show_circuits(found);
}

void ComparePanel::show_runs(const ComparedCircuits& found)
{
    const bool new_file = std::exchange(file_, found.wish.file) != found.wish.file;
    const QSignalBlocker quiet(run_);
    const auto text = [](const RunSummary& run) {
        return tr("%1 · %2").arg(run.id.value).arg(QString::fromStdString(run.description.name));
    };
    bool same = run_->count() == static_cast<int>(found.runs.size());
    for (int i = 0; same && i < run_->count(); ++i) {
        const RunSummary& run = found.runs[static_cast<std::size_t>(i)];
        same = run_->itemData(i).toLongLong() == run.id.value && run_->itemText(i) == text(run);
    }
    if (!same) {
        run_->clear();
        for (const RunSummary& run : found.runs)
            run_->addItem(text(run), QVariant::fromValue<qlonglong>(run.id.value));
    }
    const RunId before = std::exchange(compared_with_, found.wish.shown);
    const auto listed = [this](RunId run) {
        return run_->findData(QVariant::fromValue<qlonglong>(run.value)) >= 0;
    };
    if (!new_file && before != found.wish.shown && chosen_ == found.wish.shown && listed(before))
        chosen_ = before; // B's run was chosen in the window: the two change places.
    if (new_file || !listed(chosen_)) {
        // Another run than the one shown, where there is one; else its first iteration.
        chosen_ = found.wish.shown;
        for (const RunSummary& run : found.runs)
            if (run.id != found.wish.shown && run.iterations > 0)
                chosen_ = run.id;
        if (chosen_ == found.wish.shown)
            by_->setCurrentIndex(by_->findData(of_chosen_iteration));
    }
    run_->setCurrentIndex(run_->findData(QVariant::fromValue<qlonglong>(chosen_.value)));
}

void ComparePanel::show_circuits(const ComparedCircuits& found)
{
    if (!found.a) {
        say(tr("The iteration shown is not in the file yet."));
        return;
    }
    if (!found.b) {
        say(why_no_counterpart(found));
        return;
    }
    const ComparedCircuit& a = *found.a;
    const ComparedCircuit& b = *found.b;
    const QString b_name = name_of(QStringLiteral("B"), b);
    figures_->setText(found.diff ? figures_of(found) : QString());
    figures_->setVisible(found.diff.has_value());
    const bool difference = shows_difference() && found.diff;
    caption_->setText(shows_difference() ? name_of(QStringLiteral("A"), a) + u'\n' + b_name : b_name);
    if (!found.diff)
        caption_->setText(b_name + u'\n'
            + tr("The runs' graphs have different nodes, so there is no difference to show."));
    const CircuitView* first = context_.circuit_view();
    colors_ = first ? mode_of(first->state().colors) : ColorMode::change;
    ViewedCircuit& shown = view_->circuit();
    const auto& graph = difference ? a.graph : b.graph;
    const auto& now = view_->scene().graph;
    if (!now || now->shape() != graph->shape() || now->options() != graph->options())
        show_graph(graph);
    shown.set_color_mode(difference ? ColorMode::sides : colors_);
    if (difference)
        shown.show(a.circuit, b.circuit, true);
    else
        shown.show(b.circuit, b.reference, true);
    std::set<RunId> runs{ b.run.id };
    if (difference)
        runs.insert(a.run.id);
    layouts_->show(found.wish.file, runs, b.at.index.value);
}

void ComparePanel::set_dot_program(const QString& program)
{
    layouts_->set_program(program);
}

void ComparePanel::show_graph(const std::shared_ptr<const ComputationalGraph>& graph)
{
    if (linked_)
        linked_->set_second_graph(graph);
    else
        view_->circuit().set_graph(graph);
}

void ComparePanel::say(const QString& sentence)
{
    figures_->setText({});
    figures_->hide();
    show_graph(nullptr);
    layouts_->show_none();
    view_->set_placeholder(sentence);
    caption_->setText(sentence);
}

void ComparePanel::follow_colors()
{
    const std::optional<ComparisonWish> wanted = wish();
    const CircuitView* first = context_.circuit_view();
    if (!isVisible() || !found_ || !wanted || !first)
        return;
    if (wanted->reference != found_->wish.reference)
        refresh_soon();
    else if (mode_of(first->state().colors) != colors_)
        show_circuits(*found_);
}

} // namespace circuitloom::ui
