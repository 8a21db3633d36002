#include "ui/transfer/swap_page.h"

#include "core/base/error.h"
#include "ui/panels/figures_table.h"
#include "ui/transfer/measure_choice.h"
#include "ui/transfer/part_names.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int usual_models = 8;
constexpr int most_models = 64;
constexpr int most_iterations = 1'000'000;

/// In few names where the graph has such parts, else as they are.
QString named_shortly(const ComputationalGraph& graph, const std::vector<std::string>& parts)
{
    try {
        return part_list(graph, named_parts(graph, parts));
    } catch (const InputError&) {
        QStringList names;
        for (const std::string& part : parts)
            names << QString::fromStdString(part);
        return names.join(QStringLiteral("; "));
    }
}

int last_iteration(const RunHistory& run)
{
    return std::max(0, static_cast<int>(run.iterations.size()) - 1);
}

} // namespace

SwapPage::SwapPage(PanelContext& context, QWidget* parent)
    : StudyPage(context, QStringLiteral("swap"), parent)
    , parts_(new QLineEdit(fields()))
    , from_selection_(new QPushButton(tr("From selection"), fields()))
    , source_(add_count(QStringLiteral("swapSource"), tr("From i&teration"),
          tr("The parts are taken from the model of this iteration"), 0, most_iterations, {}))
    , models_(add_count(QStringLiteral("swapModels"), tr("I&nto models"),
          tr("They are put into the models of so many iterations, evenly spread over the run"),
          usual_models, most_models, tr("none")))
    , of_(new QLabel(this))
    , measure_(measure_choice(QStringLiteral("swapMeasure"), this))
    , figures_(new FiguresTable(QStringLiteral("swapFigures"),
          { tr("model of"), tr("as it is"), tr("swapped"), tr("random") }, this))
{
    add_draws();
    build_fields();
    of_->setObjectName(QStringLiteral("swapOf"));
    of_->setProperty("dim", true);
    of_->setWordWrap(true);
    of_->setTextFormat(Qt::PlainText);
    figures_->setAccessibleName(tr("Figures of the models with and without the parts"));
    figures_->horizontalHeaderItem(0)->setToolTip(tr("The iteration whose model it is"));
    figures_->horizontalHeaderItem(2)->setToolTip(tr("With the parts in place of its own"));
    figures_->horizontalHeaderItem(3)->setToolTip(
        tr("With as many other parts of the same kinds: mean ± standard deviation"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    for (QWidget* widget : std::initializer_list<QWidget*>{ of_, measure_, figures_ })
        column->addWidget(widget);
    connect(measure_, &QComboBox::currentIndexChanged, this, &SwapPage::fill_table);
    connect(&context_, &PanelContext::selection_changed, this, &SwapPage::follow_selection);
    connect(&context_, &PanelContext::run_grown, this, &SwapPage::follow_growth);
}

void SwapPage::build_fields()
{
    parts_->setObjectName(QStringLiteral("swapParts"));
    parts_->setPlaceholderText(tr("as in a0.h1, a1.h0<q>, m2"));
    parts_->setToolTip(tr("Heads (a0.h1), what one reads or writes with (a0.h1<q>, a0.h1<o>), MLPs "
                          "(m0) or groups of them (m0.g1), embedding, unembedding, all"));
    parts_->setClearButtonEnabled(true);
    from_selection_->setObjectName(QStringLiteral("swapFromSelection"));
    from_selection_->setToolTip(tr("The parts of what is selected in the circuit"));
    auto* label = new QLabel(tr("&Parts"), fields());
    label->setBuddy(parts_);
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(parts_, 1);
    auto* column = static_cast<QVBoxLayout*>(fields()->layout());
    column->insertLayout(0, row);
    column->insertWidget(1, from_selection_, 0, Qt::AlignLeft);
    connect(parts_, &QLineEdit::textEdited, this, [this] { own_parts_ = true; });
    connect(parts_, &QLineEdit::textChanged, this, &SwapPage::edited);
    connect(from_selection_, &QPushButton::clicked, this, &SwapPage::take_selection);
}

QString SwapPage::title() const
{
    return tr("Parts in other models");
}

QString SwapPage::purpose() const
{
    return tr("What do the run's models do with these parts of one iteration in place of their "
              "own? The task and every suite are measured, as many other parts beside them.");
}

void SwapPage::begin(const ShownPlace&, const RunHistory& run)
{
    const int last = last_iteration(run);
    graph_ = run.graph;
    source_->setMaximum(last);
    source_->setValue(last);
    parts_->clear();
    own_parts_ = false;
    follow_selection();
}

// The last iteration stays the last one, until another was chosen or figures are of it.
void SwapPage::follow_growth()
{
    const RunHistory* run = context_.run();
    if (!run || run->graph != graph_)
        return;
    const bool at_the_end = !shown_ && source_->value() == source_->maximum();
    source_->setMaximum(last_iteration(*run));
    if (at_the_end)
        source_->setValue(source_->maximum());
}

void SwapPage::follow_selection()
{
    from_selection_->setEnabled(!context_.selection().empty());
    if (!own_parts_ && !context_.selection().empty())
        take_selection();
}

void SwapPage::take_selection()
{
    const std::optional<ShownPlace> place = context_.place();
    if (!place || !place->graph)
        return;
    parts_->setText(part_list(*place->graph, parts_of(*place->graph, context_.selection())));
    own_parts_ = false;
}

std::optional<Study> SwapPage::study(
    const ShownPlace& place, const RunHistory& run, QString& problem) const
{
    const std::vector<std::string> names = listed_parts(parts_->text());
    if (names.empty()) {
        problem = tr("Select heads or MLPs in the circuit, or name parts above.");
        return std::nullopt;
    }
    SwapStudy study;
    try {
        for (const ParameterPart& part : named_parts(*place.graph, names))
            study.parts.push_back(parameter_part_name(part));
    } catch (const InputError& error) {
        problem = QString::fromUtf8(error.what());
        return std::nullopt;
    }
    study.source = source_->value();
    study.models = evenly_chosen(static_cast<int>(run.iterations.size()), models_->value());
    study.random_draws = random_draws();
    if (study.models.empty()) {
        problem = tr("Choose one model or more.");
        return std::nullopt;
    }
    return study;
}

void SwapPage::take_study(const Study& study, const ComputationalGraph& graph)
{
    const auto& swap = std::get<SwapStudy>(study);
    source_->setValue(swap.source);
    models_->setValue(static_cast<int>(swap.models.size()));
    try {
        parts_->setText(part_list(graph, named_parts(graph, swap.parts)));
    } catch (const InputError&) {
        parts_->clear(); // of another graph: nothing that could be gone on with
    }
}

void SwapPage::show_study(const ShownStudy* shown, const ShownPlace& of)
{
    shown_ = shown ? std::optional(*shown) : std::nullopt;
    if (shown_) {
        const auto& study = std::get<SwapStudy>(shown_->study);
        of_->setText(tr("Taken from iteration %1: %2")
                         .arg(study.source)
                         .arg(of.graph ? named_shortly(*of.graph, study.parts) : QString()));
        offer_measures(*measure_, StudyTable(shown_->figures));
    }
    fill_table();
}

void SwapPage::fill_table()
{
    const auto measure = chosen_measure(*measure_);
    std::vector<QStringList> rows;
    if (shown_ && measure) {
        const StudyTable table(shown_->figures);
        for (const int model : std::get<SwapStudy>(shown_->study).models) {
            QStringList cells{ QString::number(model) };
            for (const std::string_view series :
                { study_series::model, study_series::found, study_series::random })
                cells << measured_text(
                    *measure, table.spread({ 0, model, series, measure->first, measure->second }));
            rows.push_back(cells);
        }
    }
    figures_->set_rows(rows);
}

} // namespace circuitloom::ui
