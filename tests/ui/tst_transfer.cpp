// The panel about where circuits work and which change it was.
#include "core/graph/parameter_part.h"
#include "core/store/stored_studies.h"
#include "tests/support/fake_panel_context.h"
#include "tests/support/store_samples.h"
#include "tests/support/ui_test.h"
#include "ui/base/file_path.h"
#include "ui/transfer/graft_chart.h"
#include "ui/transfer/matrix_view.h"
#include "ui/transfer/task_list.h"
#include "ui/transfer/transfer_panel.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QtTest>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakePanelContext;

namespace {

const QString asker = QStringLiteral("transfer");
constexpr int iterations = 6;

/// A file with one run, and a window that shows its iteration 3.
class Shown
{
public:
    Shown()
    {
        RunWriter writer(file(), samples::description());
        run_ = writer.id();
        context.history.emplace();
        for (int i = 0; i < iterations; ++i) {
            writer.add_iteration(samples::iteration(i), samples::circuit(i / 2));
            context.history->iterations.push_back(samples::iteration(i));
        }
        writer.set_state(RunState::finished);
        context.go_to(3);
        context.shown->file = file_text(file().string());
        context.shown->run = run_;
        context.shown->graph = std::make_shared<ComputationalGraph>(samples::graph());
    }
    std::filesystem::path file() const { return folder_ / "x.loom"; }
    RunId run() const { return run_; }

    FakePanelContext context;

private:
    samples::TemporaryFolder folder_;
    RunId run_;
};

template <class Widget>
Widget* find(const QWidget& panel, const char* name)
{
    return panel.findChild<Widget*>(QString::fromLatin1(name));
}

const StudyQuestion& asked(const FakePanelContext& context)
{
    return std::get<StudyQuestion>(context.open.at(asker).question);
}

/// f(C_s; M_t) = s / 10 + t / 100, and random circuits half of that.
void add_cell(std::vector<StudyFigure>& figures, int circuit, int model)
{
    const double f = circuit / 10.0 + model / 100.0;
    figures.push_back({ circuit, model, "found", 0, "task", "faithfulness", f, 9 });
    for (int draw = 0; draw < 2; ++draw)
        figures.push_back({ circuit, model, "random", draw, "task", "faithfulness", f / 2, 9 });
}

StudyAnswer transfer_answer(const StudyQuestion& question, int cells)
{
    const auto& study = std::get<TransferStudy>(question.study);
    StudyAnswer answer;
    answer.study = study;
    answer.total = static_cast<int>(study.circuits.size() * study.models.size());
    for (const int model : study.models)
        for (const int circuit : study.circuits)
            if (answer.done < cells) {
                add_cell(answer.figures, circuit, model);
                ++answer.done;
            }
    return answer;
}

StudyAnswer graft_answer(const StudyQuestion& question)
{
    const auto& study = std::get<GraftStudy>(question.study);
    StudyAnswer answer;
    answer.study = study;
    for (int i = 0; i < static_cast<int>(study.shares.size()); ++i)
        for (const char* series : { "circuit", "drift", "random" })
            for (const char* suite : { "task", "was/were" })
                answer.figures.push_back({ i, 0, series, 0, suite, "accuracy",
                    study.shares[static_cast<std::size_t>(i)], 20 });
    return answer;
}

/// Iteration t has t, with the parts 10 more, with random ones 1 more; the suite ten times that.
StudyAnswer swap_answer(const StudyQuestion& question)
{
    const auto& study = std::get<SwapStudy>(question.study);
    StudyAnswer answer;
    answer.study = study;
    for (const int model : study.models)
        for (const auto& [suite, times] : { std::pair("task", 0.01), std::pair("was/were", 0.1) })
            for (const auto& [series, more] :
                { std::pair("model", 0.0), std::pair("found", 10.0), std::pair("random", 1.0) })
                answer.figures.push_back(
                    { 0, model, series, 0, suite, "accuracy", times * (model + more) / 10, 20 });
    answer.done = answer.total = 3 * static_cast<int>(study.models.size());
    return answer;
}

/// Every task has 4 as it is and 3 without random edges; without the circuit of A it has
/// 4 − 2 · (A + 1).
StudyAnswer cross_answer(const StudyQuestion& question)
{
    const auto& study = std::get<CrossAblationStudy>(question.study);
    const int tasks = static_cast<int>(study.tasks.size());
    StudyAnswer answer;
    answer.study = study;
    for (int target = 0; target < tasks; ++target) {
        answer.figures.push_back({ -1, target, "model", 0, "task", "logit-diff", 4.0, 9 });
        for (int source = 0; source < tasks; ++source) {
            answer.figures.push_back(
                { source, target, "found", 0, "task", "logit-diff", 4.0 - 2 * (source + 1), 9 });
            answer.figures.push_back(
                { source, target, "random", 0, "task", "logit-diff", 3.0, 9 });
        }
    }
    answer.done = answer.total = tasks * tasks;
    return answer;
}

QString cell(const QTableWidget& table, int row, int column)
{
    return table.item(row, column)->text();
}

void choose(const QWidget& panel, std::size_t study)
{
    find<QComboBox>(panel, "transferKind")->setCurrentIndex(static_cast<int>(study));
}

constexpr std::size_t swap_study = 2; ///< as in study_names
constexpr std::size_t cross_study = 3;

} // namespace

class TestTransfer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void what_the_file_has_is_shown_at_once_and_gone_on_with()
    {
        Shown shown;
        const TransferStudy study{ { 0, 3, 5 }, { 0, 3, 5 }, 2, 0 };
        const std::int64_t id = begin_study(shown.file(),
            { 0, shown.run(), shown.run(), "transfer", study_json(study, std::nullopt), 0 });
        std::vector<StudyFigure> figures;
        add_cell(figures, 3, 0);
        store_figures(shown.file(), id, figures);
        TransferPanel panel(shown.context);
        panel.show();
        auto* matrix = find<MatrixView>(panel, "transferFaithfulness");
        auto* likeness = find<MatrixView>(panel, "transferLikeness");
        const QStringList names{ QStringLiteral("0"), QStringLiteral("3"), QStringLiteral("5") };
        QTRY_COMPARE(matrix->content().rows, names);
        QCOMPARE(shown.context.asked, 0);
        QCOMPARE(matrix->content().values[3], std::optional(0.3));
        QVERIFY(!matrix->content().values[0]);
        QTRY_COMPARE(likeness->content().rows, names);
        QCOMPARE(likeness->content().values[0], std::optional(1.0));
        QVERIFY(*likeness->content().values[1] < 1.0);
        auto* button = find<QPushButton>(panel, "transferButton");
        QCOMPARE(find<QSpinBox>(panel, "transferIterations")->value(), 3);
        QCOMPARE(find<QSpinBox>(panel, "transferDraws")->value(), 2);
        QCOMPARE(button->text(), QStringLiteral("Go on"));
        button->click();
        QVERIFY(asked(shown.context).study == Study(study));
        QVERIFY(asked(shown.context).cells > 0);
        QCOMPARE(asked(shown.context).run, shown.run());
    }

    void it_is_computed_a_few_figures_at_a_time_and_can_be_stopped()
    {
        Shown shown;
        TransferPanel panel(shown.context);
        panel.show();
        auto* button = find<QPushButton>(panel, "transferButton");
        auto* state = find<QLabel>(panel, "transferState");
        auto* matrix = find<MatrixView>(panel, "transferFaithfulness");
        QCOMPARE(button->text(), QStringLiteral("Compute"));
        find<QSpinBox>(panel, "transferIterations")->setValue(4);
        button->click();
        QCOMPARE(std::get<TransferStudy>(asked(shown.context).study).circuits,
            (std::vector{ 0, 2, 3, 5 }));
        QCOMPARE(button->text(), QStringLiteral("Stop"));
        shown.context.open.at(asker).handlers.progressed(QStringLiteral("rebuilding"), 3, 16);
        QVERIFY(state->text().contains(QStringLiteral("3 of 16")));
        shown.context.answer(asker, transfer_answer(asked(shown.context), 8));
        QCOMPARE(shown.context.asked, 2);
        QCOMPARE(matrix->content().values.size(), std::size_t{ 16 });
        QVERIFY(matrix->content().values[0]);
        QVERIFY(!matrix->content().values[15]);
        button->click();
        QVERIFY(shown.context.open.empty());
        QCOMPARE(button->text(), QStringLiteral("Go on"));
        button->click();
        shown.context.answer(asker, transfer_answer(asked(shown.context), 16));
        QVERIFY(shown.context.open.empty());
        QVERIFY(matrix->content().values[15]);
        QVERIFY(state->text().isEmpty());
        button->click();
        shown.context.fail(asker, QStringLiteral("The task is gone."));
        QVERIFY(state->text().contains(QStringLiteral("The task is gone.")));
    }

    void cells_are_told_to_pointer_keyboard_and_readers()
    {
        Shown shown;
        TransferPanel panel(shown.context);
        panel.resize(600, 700);
        panel.show();
        find<QPushButton>(panel, "transferButton")->click();
        shown.context.answer(asker, transfer_answer(asked(shown.context), 64));
        auto* matrix = find<MatrixView>(panel, "transferFaithfulness");
        auto* pointed = find<QLabel>(panel, "transferPointed");
        QVERIFY(!matrix->accessibleName().isEmpty());
        QVERIFY(matrix->accessibleDescription().contains(QStringLiteral("random")));
        matrix->setFocus();
        QTest::keyClick(matrix, Qt::Key_Down);
        QTest::keyClick(matrix, Qt::Key_Down);
        QTest::keyClick(matrix, Qt::Key_Right);
        QVERIFY2(pointed->text().contains(QStringLiteral("circuit of iteration 1"))
                && pointed->text().contains(QStringLiteral("model of iteration 1: f 0.110")),
            qPrintable(pointed->text()));
        QTest::keyClick(matrix, Qt::Key_Return);
        QCOMPARE(shown.context.shown->iteration, 1);
        QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cell(2, 4).center().toPoint());
        QCOMPARE(shown.context.shown->iteration, 4);
        QVERIFY(matrix->color_of(0.9) != matrix->color_of(0.1));
        QVERIFY(matrix->color_of(-0.5) != matrix->color_of(0.5));
    }

    void a_graft_is_drawn_for_each_figure_and_way()
    {
        Shown shown;
        TransferPanel panel(shown.context);
        panel.resize(600, 700);
        panel.show();
        find<QComboBox>(panel, "transferKind")->setCurrentIndex(1);
        QVERIFY(!find<QSpinBox>(panel, "transferIterations")->isVisible());
        find<QPushButton>(panel, "transferButton")->click();
        QCOMPARE(std::get<GraftStudy>(asked(shown.context).study).iteration, iterations - 1);
        shown.context.answer(asker, graft_answer(asked(shown.context)));
        auto* chart = find<GraftChart>(panel, "transferGraft");
        auto* measure = find<QComboBox>(panel, "transferMeasure");
        QCOMPARE(chart->content().lines.size(), std::size_t{ 3 });
        QCOMPARE(measure->count(), 2);
        measure->setCurrentIndex(1);
        QVERIFY(chart->content().title.contains(QStringLiteral("was/were")));
        QVERIFY(chart->place_of(0, 0.5).x() < chart->place_of(1, 0.5).x());
        QVERIFY(chart->place_of(0.5, 0).y() > chart->place_of(0.5, 1).y());
        QSignalSpy pointed(chart, &GraftChart::pointed_at);
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Right);
        QVERIFY2(pointed.last()[0].toString().contains(QStringLiteral("1.0 % kept: at random 1.0 %")),
            qPrintable(pointed.last()[0].toString()));
    }

    void parts_to_swap_are_those_of_the_selection_until_they_are_typed()
    {
        Shown shown;
        TransferPanel panel(shown.context);
        panel.show();
        choose(panel, swap_study);
        auto* parts = find<QLineEdit>(panel, "swapParts");
        auto* button = find<QPushButton>(panel, "transferButton");
        auto* state = find<QLabel>(panel, "transferState");
        QVERIFY(!button->isEnabled());
        QVERIFY2(state->text().contains(QStringLiteral("Select")), qPrintable(state->text()));
        const ComputationalGraph& graph = samples::graph();
        // A drawn head is its output with its query: of its group's key there are two heads.
        const GraphChoice head{ { *graph.find_node({ NodeKind::head, 1, 2 }),
                                    *graph.find_node({ NodeKind::query, 1, 2 }) },
            {} };
        shown.context.select(head);
        QCOMPARE(parts->text(), QStringLiteral("a1.h2"));
        QVERIFY(button->isEnabled());
        shown.context.select({ { *graph.find_node({ NodeKind::key, 1, 1 }),
                                   *graph.find_node({ NodeKind::mlp_group, 2, 1 }) },
            {} });
        QCOMPARE(parts->text(), QStringLiteral("a1.h1<k>, m2.g1"));
        parts->clear();
        QTest::keyClicks(parts, QStringLiteral("m0, layer 2, shared"));
        shown.context.select(head);
        QCOMPARE(parts->text(), QStringLiteral("m0, layer 2, shared"));
        button->click();
        const auto& study = std::get<SwapStudy>(asked(shown.context).study);
        const auto expected = named_parts(
            graph, std::vector<std::string>{ "m0", "layer 2, shared" });
        QCOMPARE(study.parts.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i)
            QCOMPARE(study.parts[i], parameter_part_name(expected[i]));
        button->click();
        find<QPushButton>(panel, "swapFromSelection")->click();
        QCOMPARE(parts->text(), QStringLiteral("a1.h2"));
        parts->clear();
        QTest::keyClicks(parts, QStringLiteral("a9.h9"));
        QVERIFY(!button->isEnabled());
        QVERIFY2(state->text().contains(QStringLiteral("a9.h9")), qPrintable(state->text()));
    }

    void parts_are_taken_from_the_last_iteration_of_a_run_that_grows()
    {
        Shown shown;
        TransferPanel panel(shown.context);
        panel.show();
        choose(panel, swap_study);
        auto* source = find<QSpinBox>(panel, "swapSource");
        QCOMPARE(source->value(), iterations - 1);
        const auto grow = [&] {
            const auto next = static_cast<int>(shown.context.history->iterations.size());
            shown.context.history->iterations.push_back(samples::iteration(next));
            Q_EMIT shown.context.run_grown();
            return next;
        };
        QCOMPARE(source->value(), grow());
        // One that was chosen stays, but newer ones can be chosen.
        source->setValue(2);
        const int last = grow();
        QCOMPARE(source->value(), 2);
        QCOMPARE(source->maximum(), last);
    }

    void swapped_models_stand_beside_random_parts_and_can_be_copied()
    {
        Shown shown;
        TransferPanel panel(shown.context);
        panel.show();
        choose(panel, swap_study);
        QTest::keyClicks(find<QLineEdit>(panel, "swapParts"), QStringLiteral("a0.h1"));
        find<QSpinBox>(panel, "swapModels")->setValue(3);
        find<QSpinBox>(panel, "swapSource")->setValue(4);
        find<QPushButton>(panel, "transferButton")->click();
        const SwapStudy study = std::get<SwapStudy>(asked(shown.context).study);
        QCOMPARE(study.models, (std::vector{ 0, 3, 5 }));
        QCOMPARE(study.source, 4);
        shown.context.answer(asker, swap_answer(asked(shown.context)));
        auto* table = find<QTableWidget>(panel, "swapFigures");
        QVERIFY(table->isVisible());
        QCOMPARE(table->rowCount(), 3);
        QCOMPARE(cell(*table, 1, 0), QStringLiteral("3"));
        const QString task = cell(*table, 1, 2);
        QVERIFY2(task.startsWith(QStringLiteral("1.3")), qPrintable(task));
        find<QComboBox>(panel, "swapMeasure")->setCurrentIndex(1);
        QVERIFY2(cell(*table, 1, 2).startsWith(QStringLiteral("13.0")),
            qPrintable(cell(*table, 1, 2)));
        QVERIFY2(cell(*table, 1, 1).startsWith(QStringLiteral("3.0")),
            qPrintable(cell(*table, 1, 1)));
        QVERIFY2(cell(*table, 1, 3).startsWith(QStringLiteral("4.0")),
            qPrintable(cell(*table, 1, 3)));
        table->selectRow(2);
        table->setFocus();
        QTest::keySequence(table, QKeySequence::Copy);
        const QStringList lines = QGuiApplication::clipboard()->text().split(
            QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0].count(QLatin1Char('\t')), 3);
        QVERIFY2(lines[1].startsWith(QStringLiteral("5\t5.0")), qPrintable(lines[1]));
    }

    void a_stored_swap_is_shown_with_its_fields_and_gone_on_with()
    {
        Shown shown;
        SwapStudy study{ 2, { 0, 3, 5 }, { "a0.h1<q>", "a0.h1<o>" }, 1 };
        const std::int64_t id = begin_study(shown.file(),
            { 0, shown.run(), shown.run(), "swap", study_json(study, std::nullopt), 0 });
        store_figures(shown.file(), id,
            std::vector<StudyFigure>{ { 0, 0, "model", 0, "task", "accuracy", 0.25, 20 } });
        TransferPanel panel(shown.context);
        panel.show();
        choose(panel, swap_study);
        auto* table = find<QTableWidget>(panel, "swapFigures");
        QTRY_COMPARE(table->rowCount(), 3);
        QCOMPARE(find<QLineEdit>(panel, "swapParts")->text(), QStringLiteral("a0.h1"));
        QCOMPARE(find<QSpinBox>(panel, "swapSource")->value(), 2);
        auto* button = find<QPushButton>(panel, "transferButton");
        QCOMPARE(button->text(), QStringLiteral("Go on"));
        button->click();
        QVERIFY(asked(shown.context).study == Study(study));
        // What was stored before it was called off is read again.
        store_figures(shown.file(), id,
            std::vector<StudyFigure>{ { 0, 0, "found", 0, "task", "accuracy", 0.5, 20 } });
        button->click();
        QTRY_VERIFY(cell(*table, 0, 2).startsWith(QStringLiteral("50")));
        QCOMPARE(button->text(), QStringLiteral("Go on"));
    }

    void tasks_are_ablated_by_each_others_circuits_in_the_model_that_is_shown()
    {
        Shown shown;
        shown.context.history->config.task = "demo/disagreement";
        shown.context.history->config.selection.n = 12;
        TransferPanel panel(shown.context);
        panel.resize(600, 700);
        panel.show();
        choose(panel, cross_study);
        auto* button = find<QPushButton>(panel, "transferButton");
        auto* tasks = find<QListWidget>(panel, "crossTasks");
        auto* list = find<TaskList>(panel, "crossTaskList");
        QCOMPARE(tasks->count(), 1);
        QVERIFY(!button->isEnabled());
        QVERIFY(find<QLabel>(panel, "transferState")->text().contains(QStringLiteral("second")));
        list->add("demo/agreement");
        list->add("demo/agreement");
        list->add("/data/ioi.jsonl");
        QCOMPARE(tasks->count(), 3);
        tasks->item(1)->setSelected(true);
        find<QPushButton>(panel, "crossRemoveTask")->click();
        button->click();
        const auto study = std::get<CrossAblationStudy>(asked(shown.context).study);
        QCOMPARE(study.tasks, (std::vector<std::string>{ "demo/disagreement", "/data/ioi.jsonl" }));
        QCOMPARE(study.top_n, 12);
        QCOMPARE(study.step, shown.context.shown->step);
        const auto& model = std::get<RunMoment>(asked(shown.context).model);
        QCOMPARE(model.number, shown.context.shown->iteration);
        shown.context.answer(asker, cross_answer(asked(shown.context)));
        auto* matrix = find<MatrixView>(panel, "crossMatrix");
        QCOMPARE(matrix->content().rows,
            (QStringList{ QStringLiteral("disagreement"), QStringLiteral("ioi.jsonl") }));
        // Random edges take 1 away, the circuits 2 and 4.
        QCOMPARE(matrix->content().values[1], std::optional(-2.0));
        QCOMPARE(matrix->content().values[2], std::optional(-4.0));
        QVERIFY(matrix->color_of(-4.0) != matrix->color_of(-2.0));
        auto* table = find<QTableWidget>(panel, "crossFigures");
        QCOMPARE(table->rowCount(), 4);
        QCOMPARE(cell(*table, 2, 0), QStringLiteral("ioi.jsonl"));
        QCOMPARE(cell(*table, 2, 1), QStringLiteral("disagreement"));
        QCOMPARE(cell(*table, 2, 3), QStringLiteral("4.000"));
        QVERIFY(cell(*table, 2, 5).startsWith(QStringLiteral("3.000")));
        QCOMPARE(button->text(), QStringLiteral("Compute"));
    }

    void what_an_answer_leaves_out_is_said()
    {
        Shown shown;
        TransferPanel panel(shown.context);
        panel.show();
        find<QPushButton>(panel, "transferButton")->click();
        StudyAnswer answer = transfer_answer(asked(shown.context), 64);
        answer.dropped = { "Example 3 is too long.", "Example 4 is too long." };
        answer.notes = { "The random choices are smaller." };
        shown.context.answer(asker, answer);
        const QString said = find<QLabel>(panel, "transferRemarks")->text();
        QVERIFY2(said.contains(QStringLiteral("smaller"))
                && said.contains(QStringLiteral("2 examples"))
                && said.contains(QStringLiteral("Example 3")),
            qPrintable(said));
    }

    void another_run_has_figures_of_its_own()
    {
        Shown shown;
        TransferPanel panel(shown.context);
        panel.show();
        find<QPushButton>(panel, "transferButton")->click();
        shown.context.answer(asker, transfer_answer(asked(shown.context), 3));
        shown.context.shown->run = { 77 };
        shown.context.go_to(0);
        QVERIFY(shown.context.open.empty());
        QVERIFY(!find<MatrixView>(panel, "transferFaithfulness")->isVisible());
    }
};

CIRCUITLOOM_UI_TEST(TestTransfer, Application::widgets)
#include "tst_transfer.moc"
