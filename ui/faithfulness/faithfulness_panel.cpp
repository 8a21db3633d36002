#include "ui/faithfulness/faithfulness_panel.h"

#include "ui/base/flow_layout.h"
#include "ui/faithfulness/faithfulness_chart.h"
#include "ui/panels/count_field.h"
#include "ui/panels/figures_table.h"
#include "ui/panels/scrolled_column.h"
#include "ui/theme/text_scale.h"

#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

const QString asker = QStringLiteral("faithfulness");
constexpr int usual_items = 50;
constexpr int most_items = 100'000;
constexpr int usual_draws = 5;
constexpr int most_draws = 50;
constexpr int chart_height = 200;

} // namespace

FaithfulnessPanel::FaithfulnessPanel(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , items_(count_field(
          QStringLiteral("faithfulnessItems"), usual_items, most_items, tr("all"), this))
    , draws_(count_field(
          QStringLiteral("faithfulnessDraws"), usual_draws, most_draws, tr("none"), this))
    , button_(new QPushButton(this))
    , state_(new QLabel(this))
    , source_(new QLabel(this))
    , chart_(new FaithfulnessChart(this))
    , pointed_(new QLabel(this))
    , figures_(new FiguresTable(QStringLiteral("faithfulnessFigures"),
          { tr("edges"), tr("f"), tr("random f"), tr("metric"), tr("share"), tr("live") }, this))
    , areas_(new QLabel(this))
{
    build();
    connect(button_, &QPushButton::clicked, this, &FaithfulnessPanel::press);
    connect(items_, &QSpinBox::valueChanged, this, &FaithfulnessPanel::show_button);
    connect(draws_, &QSpinBox::valueChanged, this, &FaithfulnessPanel::show_button);
    connect(chart_, &FaithfulnessChart::pointed_at, pointed_, &QLabel::setText);
    connect(&context_, &PanelContext::place_changed, this, &FaithfulnessPanel::follow_place);
    const auto take_theme = [this] { chart_->set_theme(context_.theme()); };
    connect(&context_, &PanelContext::theme_changed, this, take_theme);
    take_theme();
    show_curve();
    follow_place();
}

void FaithfulnessPanel::build()
{
    setObjectName(QStringLiteral("faithfulness"));
    setAttribute(Qt::WA_StyledBackground);
    auto* heading = new QLabel(tr("FAITHFULNESS"), this);
    heading->setProperty("heading", true);
    button_->setObjectName(QStringLiteral("faithfulnessButton"));
    state_->setObjectName(QStringLiteral("faithfulnessState"));
    source_->setObjectName(QStringLiteral("faithfulnessSource"));
    areas_->setObjectName(QStringLiteral("faithfulnessAreas"));
    chart_->setObjectName(QStringLiteral("faithfulnessChart"));
    pointed_->setObjectName(QStringLiteral("faithfulnessPointed"));
    for (QLabel* label : { state_, source_, pointed_, areas_ }) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // words from files come through it
        label->setProperty("dim", label != areas_);
    }
    pointed_->setMinimumHeight(2 * pointed_->fontMetrics().height());
    pointed_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    items_->setToolTip(tr("At most so many of the task's examples"));
    draws_->setToolTip(tr("So many random circuits of each size for comparison"));
    figures_->setAccessibleName(tr("Faithfulness by the number of edges kept"));
    figures_->horizontalHeaderItem(2)->setToolTip(
        tr("Of random circuits of as many edges: mean ± standard deviation"));
    figures_->horizontalHeaderItem(5)->setToolTip(
        tr("Those on a path from the input to the logits; the others are left out"));
    follow_text_scale(*chart_, [this] { chart_->setFixedHeight(scaled(chart_height)); });

    auto* choices = new QWidget(this);
    auto* form = new FlowLayout(choices);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(6);
    form->addWidget(titled(tr("E&xamples"), items_, choices));
    form->addWidget(titled(tr("Random &draws"), draws_, choices));
    form->addWidget(button_);
    QVBoxLayout* column = scrolled_column(*this, QStringLiteral("faithfulnessScroll"));
    for (QWidget* widget : std::initializer_list<QWidget*>{
             heading, choices, state_, chart_, pointed_, figures_, areas_, source_ })
        column->addWidget(widget);
    column->addStretch();
}

void FaithfulnessPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    follow_place();
}

void FaithfulnessPanel::press()
{
    if (running_) {
        stop(tr("Stopped"));
        return;
    }
    if (const auto place = context_.place())
        is_of(*place) && !rounds_.empty() ? ask_next() : start(*place);
}

bool FaithfulnessPanel::is_of(const ShownPlace& place) const
{
    return of_ && of_->file == place.file && of_->run == place.run
        && of_->iteration == place.iteration && question_.examples == items_->value()
        && question_.random_draws == draws_->value();
}

int FaithfulnessPanel::edges_of(const ShownPlace& place) const
{
    const RunHistory* run = context_.run();
    const auto index = static_cast<std::size_t>(place.iteration);
    return run && index < run->iterations.size() ? run->iterations[index].edges : 0;
}

void FaithfulnessPanel::start(const ShownPlace& place)
{
    if (!place.graph)
        return;
    curve_ = {};
    of_ = place;
    question_ = {};
    question_.model = place.moment();
    question_.examples = items_->value();
    question_.random_draws = draws_->value();
    rounds_
        = rounds_of_sizes(static_cast<std::int64_t>(place.graph->edges().size()), edges_of(place));
    show_curve();
    ask_next();
}

void FaithfulnessPanel::stop(const QString& why)
{
    context_.forget(asker);
    running_ = false;
    state_->setText(why);
    show_button();
}

void FaithfulnessPanel::ask_next()
{
    running_ = !rounds_.empty();
    show_button();
    if (!running_) {
        follow_place();
        return;
    }
    std::size_t open = 0;
    for (const std::vector<int>& round : rounds_)
        open += round.size();
    const std::size_t done = curve_.points().size();
    const QString known = tr("%1 of %2 sizes").arg(done).arg(done + open);
    state_->setText(tr("%1 · waiting for the engine").arg(known));
    question_.sizes = rounds_.front();
    context_.ask(*this, asker, question_,
        { [this](const Answer& answer) { take(std::get<FaithfulnessAnswer>(answer)); },
            [this](const QString& sentence) { stop(sentence); },
            [this, known](const QString& what, int part, int total) {
                state_->setText(tr("%1 · %2 (%3 of %4)").arg(known, what).arg(part).arg(total));
            } });
}

void FaithfulnessPanel::take(const FaithfulnessAnswer& answer)
{
    question_.ranking = answer.ranking; // all sizes are of one ranking, made once
    rounds_.erase(rounds_.begin());
    curve_.add(answer);
    show_curve();
    ask_next();
}

void FaithfulnessPanel::follow_place()
{
    const std::optional<ShownPlace> place = context_.place();
    if (of_ && (!place || place->file != of_->file || place->run != of_->run))
        clear();
    if (!running_) {
        if (!place)
            state_->setText(tr("Open an experiment, or run the demo: then it is computed here how "
                               "much of the model's behaviour a circuit explains."));
        else if (of_ && of_->iteration != place->iteration)
            state_->setText(tr("These figures are of iteration %1; shown is iteration %2.")
                                .arg(of_->iteration)
                                .arg(place->iteration));
        else if (!of_)
            state_->setText(tr("How much of what the model does on the task do its best edges do "
                               "alone? The circuit's own %1 edges come first.")
                                .arg(edges_of(*place)));
        else if (rounds_.empty())
            state_->clear();
    }
    state_->setVisible(!state_->text().isEmpty());
    show_button();
}

void FaithfulnessPanel::clear()
{
    context_.forget(asker);
    running_ = false;
    of_.reset();
    rounds_.clear();
    curve_ = {};
    state_->clear();
    show_curve();
}

void FaithfulnessPanel::show_curve()
{
    const std::vector<FaithfulnessRow> rows = faithfulness_rows(curve_);
    figures_->setRowCount(static_cast<int>(rows.size()));
    for (int i = 0; i < figures_->rowCount(); ++i) {
        const FaithfulnessRow& row = rows[static_cast<std::size_t>(i)];
        int column = 0;
        for (const QString& text :
            { row.edges, row.faithfulness, row.random, row.metric, row.share, row.live }) {
            auto* cell = new QTableWidgetItem(text);
            cell->setTextAlignment(
                (column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            QFont font = figures_->font();
            font.setBold(row.stored);
            cell->setFont(font);
            if (row.stored)
                cell->setToolTip(tr("The circuit that the iteration stored"));
            figures_->setItem(i, column++, cell);
        }
    }
    figures_->fit();
    chart_->set_curve(curve_);
    areas_->setText(areas_text(curve_));
    const RunHistory* run = context_.run();
    source_->setText(of_ && !curve_.empty() && run
            ? source_text(curve_.about(), of_->iteration, QString::fromStdString(run->config.task))
            : QString());
    for (QWidget* widget : std::initializer_list<QWidget*>{ chart_, pointed_, figures_, source_ })
        widget->setVisible(!curve_.empty());
    areas_->setVisible(!areas_->text().isEmpty());
}

void FaithfulnessPanel::show_button()
{
    const std::optional<ShownPlace> place = context_.place();
    button_->setEnabled(running_ || (place && place->graph));
    state_->setVisible(!state_->text().isEmpty());
    button_->setText(running_                   ? tr("Stop")
            : !place                            ? tr("Compute")
            : is_of(*place) && !rounds_.empty() ? tr("Go on")
            : is_of(*place)                     ? tr("Compute again")
                            : tr("Compute for iteration %1").arg(place->iteration));
}

} // namespace circuitloom::ui
