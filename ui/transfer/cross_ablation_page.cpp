#include "ui/transfer/cross_ablation_page.h"

#include "ui/panels/figures_table.h"
#include "ui/theme/text_scale.h"
#include "ui/transfer/cross_ablation_content.h"
#include "ui/transfer/matrix_view.h"
#include "ui/transfer/task_list.h"

#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

constexpr int usual_edges = 100;
constexpr int most_edges = 100'000'000;
constexpr int usual_examples = 100;
constexpr int most_examples = 1'000'000;
constexpr int matrix_height = 220;

} // namespace

CrossAblationPage::CrossAblationPage(PanelContext& context, QWidget* parent)
    : StudyPage(context, QStringLiteral("cross"), parent)
    , tasks_(new TaskList(fields()))
    , edges_(add_count(QStringLiteral("crossEdges"), tr("&Edges"),
          tr("Each task's circuit are so many edges, the strongest"), usual_edges, most_edges,
          tr("none")))
    , examples_(add_count(QStringLiteral("crossExamples"), tr("E&xamples"),
          tr("The first so many of each task"), usual_examples, most_examples, tr("all")))
    , of_(new QLabel(this))
    , matrix_(new MatrixView(this))
    , figures_(new FiguresTable(QStringLiteral("crossFigures"),
          { tr("ablated"), tr("measured"), tr("× random"), tr("as it is"), tr("without"),
              tr("random") },
          this))
{
    add_draws();
    static_cast<QVBoxLayout*>(fields()->layout())->insertWidget(0, tasks_);
    of_->setObjectName(QStringLiteral("crossOf"));
    of_->setProperty("dim", true);
    of_->setWordWrap(true);
    of_->setTextFormat(Qt::PlainText);
    matrix_->setObjectName(QStringLiteral("crossMatrix"));
    follow_text_scale(*matrix_, [this] { matrix_->setFixedHeight(scaled(matrix_height)); });
    figures_->setAccessibleName(tr("Metric of each task with and without each task's circuit"));
    figures_->horizontalHeaderItem(2)->setToolTip(
        tr("The change by ablating the circuit, divided by how far random circuits of as many "
           "edges change it"));
    figures_->horizontalHeaderItem(4)->setToolTip(tr("Without the circuit"));
    figures_->horizontalHeaderItem(5)->setToolTip(
        tr("Without random circuits: mean ± standard deviation"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    for (QWidget* widget : std::initializer_list<QWidget*>{ of_, matrix_, figures_ })
        column->addWidget(widget);
    connect(tasks_, &TaskList::edited, this, &CrossAblationPage::edited);
    connect(matrix_, &MatrixView::pointed_at, this, &CrossAblationPage::pointed_at);
    const auto take_theme = [this] { matrix_->set_theme(context_.theme()); };
    connect(&context_, &PanelContext::theme_changed, this, take_theme);
    take_theme();
}

QString CrossAblationPage::title() const
{
    return tr("Circuits that tasks share");
}

QString CrossAblationPage::purpose() const
{
    return tr("Do tasks share a circuit? The circuit of each is found in the model of the "
              "iteration that is shown, and ablated while each task is measured, random circuits "
              "beside it.");
}

void CrossAblationPage::begin(const ShownPlace&, const RunHistory& run)
{
    std::vector<std::string> tasks;
    for (const std::string& task : { run.config.task, run.config.reference_task })
        if (!task.empty())
            tasks.push_back(task);
    tasks_->set_tasks(tasks);
    edges_->setValue(run.config.selection.n > 0 ? run.config.selection.n : usual_edges);
}

std::optional<Study> CrossAblationPage::study(
    const ShownPlace& place, const RunHistory& run, QString& problem) const
{
    if (tasks_->tasks().size() < 2) {
        problem = tr("Add a second task above, to compare with.");
        return std::nullopt;
    }
    if (edges_->value() == 0) {
        problem = tr("A circuit has one edge or more.");
        return std::nullopt;
    }
    CrossAblationStudy study;
    study.tasks = tasks_->tasks();
    study.step = place.step;
    study.top_n = edges_->value();
    // What else a discovery can be told is not stored with a study, and stays as it is usual.
    study.discovery.method = run.config.discovery.method;
    study.discovery.baseline = run.config.discovery.baseline;
    study.discovery.positions = run.config.discovery.positions;
    study.discovery.metric = run.config.discovery.metric;
    study.random_draws = random_draws();
    study.examples = examples_->value();
    study.max_tokens = run.config.max_tokens;
    study.seed = run.config.seed;
    return study;
}

void CrossAblationPage::take_study(const Study& study, const ComputationalGraph&)
{
    const auto& crossed = std::get<CrossAblationStudy>(study);
    tasks_->set_tasks(crossed.tasks);
    edges_->setValue(crossed.top_n);
    examples_->setValue(crossed.examples);
}

void CrossAblationPage::show_study(const ShownStudy* shown, const ShownPlace&)
{
    if (!shown)
        return;
    const auto& study = std::get<CrossAblationStudy>(shown->study);
    of_->setText(tr("In the model after step %1, %2 edges of each task's circuit. A row's circuit "
                    "is ablated, a column's task is measured.")
                     .arg(study.step)
                     .arg(study.top_n));
    matrix_->set_content(cross_ablation_content(study, shown->figures));
    figures_->set_rows(cross_ablation_rows(study, shown->figures));
}

} // namespace circuitloom::ui
