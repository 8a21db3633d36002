// The panel about where circuits work and which change it was.
#include "core/store/stored_studies.h"
#include "tests/support/fake_panel_context.h"
#include "tests/support/store_samples.h"
#include "tests/support/ui_test.h"
#include "ui/base/file_path.h"
#include "ui/transfer/transfer_panel.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
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
        QTRY_COMPARE(matrix->content().rows, study.circuits);
        QCOMPARE(shown.context.asked, 0);
        QCOMPARE(matrix->content().values[3], std::optional(0.3));
        QVERIFY(!matrix->content().values[0]);
        QCOMPARE(likeness->content().values[0], std::optional(1.0));
        QVERIFY(*likeness->content().values[1] < 1.0);
        auto* button = find<QPushButton>(panel, "transferButton");
        find<QSpinBox>(panel, "transferIterations")->setValue(3);
        find<QSpinBox>(panel, "transferDraws")->setValue(2);
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
