#include "ui/difference/compare_panel.h"

#include "ui/base/file_path.h"
#include "ui/base/steady_text.h"
#include "ui/circuit/circuit_view.h"
#include "ui/difference/compared_choice.h"
#include "ui/difference/compared_side.h"
#include "ui/difference/comparison_text.h"
#include "ui/panels/scrolled_column.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int least_width = 240; // of a side, and of the panel
constexpr int settle_ms = 40; // while the timeline runs not every frame need be followed
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
    , add_(new QToolButton(this))
    , limit_(new QLabel(this))
    , figures_(new QLabel(this))
{
    setObjectName(QStringLiteral("compareCircuits"));
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(least_width);
    build();
    arrange({ {} });
    connect(add_, &QToolButton::clicked, this, &ComparePanel::add);
    timer_.setSingleShot(true);
    timer_.setInterval(settle_ms);
    connect(&timer_, &QTimer::timeout, this, &ComparePanel::read);
    connect(&context_, &PanelContext::place_changed, this, &ComparePanel::refresh_soon);
    // Any of the runs that stand here may grow, and any may be chosen.
    connect(&context_, &PanelContext::run_grown, this, &ComparePanel::refresh_soon);
    connect(&context_, &PanelContext::runs_changed, this, &ComparePanel::refresh_soon);
    connect(&context_, &PanelContext::compared_changed, this, &ComparePanel::take_choice);
    connect(&context_, &PanelContext::theme_changed, this, [this] {
        for (ComparedSide* side : sides_)
            side->take_theme();
    });
    if (CircuitView* first = context_.circuit_view())
        connect(
            &first->circuit(), &ViewedCircuit::state_changed, this, &ComparePanel::follow_colors);
}

void ComparePanel::build()
{
    auto* heading = new QLabel(tr("COMPARE CIRCUITS"), this);
    heading->setProperty("heading", true);
    add_->setObjectName(QStringLiteral("addCompared"));
    add_->setText(QStringLiteral("+"));
    add_->setAccessibleName(tr("One more circuit"));
    add_->setToolTip(tr("One more circuit, of any run or iteration"));
    add_->setProperty("flat", true);
    add_->setFocusPolicy(Qt::StrongFocus);
    limit_->setObjectName(QStringLiteral("comparedLimit"));
    limit_->setText(tr("%1 circuits are the most that stand side by side.").arg(most_compared + 1));
    limit_->setWordWrap(true);
    figures_->setObjectName(QStringLiteral("comparedFigures"));
    figures_->setAccessibleName(tr("Figures of the comparison"));
    figures_->setWordWrap(true);
    figures_->setTextFormat(Qt::RichText);
    figures_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto* title = new QHBoxLayout;
    title->addWidget(heading, 1);
    title->addWidget(add_);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(margin, 0, margin, 0);
    top->setSpacing(6);
    top->addLayout(title);
    top->addWidget(limit_);
    grid_ = new QGridLayout;
    grid_->setHorizontalSpacing(0);
    grid_->setVerticalSpacing(10);
    auto* bottom = new QVBoxLayout;
    bottom->setContentsMargins(margin, 0, margin, 0);
    bottom->addWidget(new SteadyText(*figures_, this, SteadyText::Height::largest_so_far));
    QVBoxLayout* column = scrolled_column(*this, QStringLiteral("comparedScroll"));
    column->setContentsMargins(0, 8, 0, 8);
    column->addLayout(top);
    column->addLayout(grid_, 1);
    column->addLayout(bottom);
}

ComparedSide* ComparePanel::new_side()
{
    auto* side = new ComparedSide(context_, this);
    if (!dot_program_.isEmpty())
        side->set_dot_program(dot_program_);
    if (found_)
        side->set_runs(found_->runs);
    connect(side, &ComparedSide::wish_changed, this, [this] {
        keep_choice();
        refresh_soon();
    });
    connect(side, &ComparedSide::difference_toggled, this, [this] {
        if (found_)
            show_circuits(*found_);
    });
    connect(side, &ComparedSide::remove_wanted, this, [this, side] { remove(side); });
    return side;
}

void ComparePanel::arrange(const std::vector<ComparedWith>& wishes)
{
    while (sides_.size() > wishes.size()) {
        sides_.back()->set_linked(false);
        sides_.back()->hide();
        sides_.back()->deleteLater(); // it may be what asked for this
        sides_.pop_back();
    }
    while (sides_.size() < wishes.size())
        sides_.push_back(new_side());
    QWidget* before = add_;
    for (std::size_t i = 0; i < sides_.size(); ++i) {
        sides_[i]->set_place(i + 1, sides_.size() == 1);
        sides_[i]->set_wish(wishes[i]);
        before = sides_[i]->tab_after(before);
    }
    setTabOrder(before, figures_);
    columns_ = 0;
    add_->setEnabled(sides_.size() < most_compared);
    limit_->setVisible(sides_.size() >= most_compared);
    place_sides();
    for (ComparedSide* side : sides_)
        side->set_linked(isVisible());
}

void ComparePanel::place_sides()
{
    const int count = static_cast<int>(sides_.size());
    const int columns = std::clamp(width() / least_width, 1, count);
    if (std::exchange(columns_, columns) == columns && grid_->count() == count)
        return;
    while (grid_->count() > 0)
        delete grid_->takeAt(0);
    for (int i = 0; i < static_cast<int>(most_compared); ++i) {
        grid_->setColumnStretch(i, i < columns ? 1 : 0);
        grid_->setRowStretch(i, i * columns < count ? 1 : 0);
    }
    for (int i = 0; i < count; ++i) {
        ComparedSide* side = sides_[static_cast<std::size_t>(i)];
        grid_->addWidget(side, i / columns, i % columns);
        side->show();
    }
}

std::vector<ComparedWith> ComparePanel::wishes() const
{
    std::vector<ComparedWith> all;
    for (const ComparedSide* side : sides_)
        all.push_back(side->wish());
    return all;
}

void ComparePanel::add()
{
    if (!found_ || sides_.size() >= most_compared)
        return;
    std::vector<ComparedWith> more = wishes();
    more.push_back(one_more(*found_, more));
    arrange(more);
    keep_choice();
    refresh_soon();
}

void ComparePanel::remove(ComparedSide* side)
{
    const auto at = std::ranges::find(sides_, side);
    if (sides_.size() < 2 || at == sides_.end())
        return;
    std::rotate(at, at + 1, sides_.end()); // those behind it keep their views
    std::vector<ComparedWith> fewer = wishes();
    fewer.pop_back();
    arrange(fewer);
    add_->setFocus();
    keep_choice();
    refresh_soon();
}

void ComparePanel::keep_choice()
{
    const std::optional<ShownPlace> place = context_.place();
    if (place && path_of(place->file) == file_)
        context_.set_compared(place->file, wishes());
}

void ComparePanel::take_choice()
{
    const std::optional<ShownPlace> place = context_.place();
    if (!place || path_of(place->file) != file_)
        return; // It is taken when the runs of that file are read.
    const std::vector<ComparedWith> chosen = context_.compared(place->file);
    if (chosen.empty() || chosen == wishes())
        return;
    compared_with_ = {};
    arrange(chosen);
    refresh_soon();
}

void ComparePanel::refresh_soon()
{
    if (!timer_.isActive())
        timer_.start();
}

void ComparePanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    for (ComparedSide* side : sides_)
        side->set_linked(true);
    refresh_soon();
}

void ComparePanel::hideEvent(QHideEvent* event)
{
    for (ComparedSide* side : sides_)
        side->set_linked(false);
    QWidget::hideEvent(event);
}

void ComparePanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place_sides();
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
    if (wish.file == file_)
        wish.others = wishes();
    else
        wish.others = context_.compared(place->file);
    if (wish.others.empty())
        wish.others.push_back({ place->run, Alignment::step, std::nullopt });
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
        say(tr("Open an experiment, or run the demo: then further circuits stand here beside the "
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
    show_circuits(found);
}

void ComparePanel::show_runs(const ComparedCircuits& found)
{
    const bool new_file = std::exchange(file_, found.wish.file) != found.wish.file;
    const QString file = context_.place()->file;
    if (new_file) {
        const std::vector<ComparedWith> chosen = context_.compared(file);
        arrange(chosen.empty() ? std::vector{ one_more(found, {}) } : chosen);
    }
    const RunId before = std::exchange(compared_with_, found.wish.shown);
    const std::vector<ComparedWith> earlier = wishes();
    const std::vector<ComparedWith> now
        = still_there(earlier, found, new_file ? std::nullopt : std::optional(before));
    for (std::size_t i = 0; i < sides_.size(); ++i) {
        if (now[i] != earlier[i])
            sides_[i]->set_wish(now[i]);
        sides_[i]->set_runs(found.runs);
    }
    if (now != earlier && !context_.compared(file).empty())
        keep_choice();
}

void ComparePanel::show_circuits(const ComparedCircuits& found)
{
    if (found.others.size() != sides_.size())
        return; // Circuits came or went meanwhile, and are read next.
    const CircuitView* first = context_.circuit_view();
    colors_ = first ? mode_of(first->state().colors) : ColorMode::change;
    for (ComparedSide* side : sides_)
        side->show_found(found, colors_);
    const QString figures = figures_of(found);
    figures_->setText(figures);
    figures_->setVisible(!figures.isEmpty());
}

void ComparePanel::set_dot_program(const QString& program)
{
    dot_program_ = program;
    for (ComparedSide* side : sides_)
        side->set_dot_program(program);
}

void ComparePanel::say(const QString& sentence)
{
    figures_->setText({});
    figures_->hide();
    for (ComparedSide* side : sides_)
        side->say(sentence);
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
