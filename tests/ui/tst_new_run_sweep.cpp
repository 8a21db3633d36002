// Several runs at once in the dialog for a new run: the settings that vary, and what follows.
#include "core/run/divergence.h"
#include "core/run/run_config.h"
#include "core/store/records.h"
#include "tests/support/dialog_fields.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "ui/dialogs/new_run_dialog.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::command_of;
using circuitloom::testing::find;
using circuitloom::testing::shell_words;
using circuitloom::testing::type;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

/// Adds a setting with its values.
void sweep(const NewRunDialog& dialog, const char* setting, const char* values)
{
    find<QPushButton>(dialog, "addSwept").click();
    auto* box = dialog.findChildren<QComboBox*>(QStringLiteral("sweptSetting")).last();
    box->setCurrentIndex(box->findData(QString::fromLatin1(setting)));
    type(*dialog.findChildren<QLineEdit*>(QStringLiteral("sweptValues")).last(), values);
}

} // namespace

class TestNewRunSweep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { circuitloom::testing::keep_settings_in(folder_.path()); }

    void a_sweep_is_counted_and_estimated_before_it_starts()
    {
        NewRunDialog dialog;
        dialog.set_timed_runs({ { dialog.config(), 0.5 } }); // 120 steps take a minute
        QSignalSpy one(&dialog, &NewRunDialog::start_requested);
        QSignalSpy several(&dialog, &NewRunDialog::sweep_requested);
        auto& start = find<QPushButton>(dialog, "startRun");
        const QString alone = find<QLabel>(dialog, "fileEstimate").text();
        sweep(dialog, "circuit.top_n", "10..30 step 10");
        find<QSpinBox>(dialog, "sweepSeeds").setValue(2);
        sweep(dialog, "circuit.method", "circuit,random");
        QVERIFY(find<QLabel>(dialog, "sweepCount").text().startsWith(QStringLiteral("12 runs")));
        QVERIFY(find<QLabel>(dialog, "timeEstimate").text().contains(QStringLiteral("12 min")));
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>(dialog, "fileEstimate")
                                     .text()
                                     .contains(QStringLiteral("for the 12 runs")),
            patience);
        QVERIFY(find<QLabel>(dialog, "fileEstimate").text() != alone);
        QCOMPARE(start.text(), QStringLiteral("Start 12 runs"));
        dialog.set_queued(true);
        QCOMPARE(start.text(), QStringLiteral("Add 12 runs to the queue"));
        const QString typed = shell_words(command_of(dialog)).join(u' ');
        QVERIFY(typed.contains(QStringLiteral("--sweep circuit.top_n=10,20,30")));
        QVERIFY(typed.contains(QStringLiteral("--sweep circuit.method=circuit,random")));
        QVERIFY(typed.contains(QStringLiteral("--seeds 2")));
        QVERIFY(start.isEnabled());
        start.click();
        QCOMPARE(one.size(), 0);
        QCOMPARE(several.size(), 1);
        const auto runs = several[0][0].value<std::vector<RunConfig>>();
        QCOMPARE(runs.size(), std::size_t{ 12 });
        QCOMPARE(runs[0].selection.n, 10);
        QCOMPARE(runs[11].selection.n, 30);
        QVERIFY(runs[11].method == TuningMethod::random);
        QCOMPARE(runs[1].seed, runs[0].seed + 1);
    }

    void a_bad_range_is_refused_beside_it_by_its_label()
    {
        NewRunDialog dialog;
        auto& start = find<QPushButton>(dialog, "startRun");
        sweep(dialog, "circuit.top_n", "30..10+5");
        auto& problem = find<QLabel>(dialog, "sweptProblem");
        QVERIFY(problem.isVisibleTo(&dialog));
        QVERIFY(problem.text().startsWith(QStringLiteral("“Edges (N)”")));
        QVERIFY(!problem.text().contains(QStringLiteral("circuit.top_n")));
        QVERIFY(!start.isEnabled());
        auto& values = find<QLineEdit>(dialog, "sweptValues");
        for (const char* wrong : { "", "10,,20", "10,10", "-5", "many", "1..5*1", "0..9*2" }) {
            type(values, wrong);
            QVERIFY2(!start.isEnabled(), wrong);
            QVERIFY2(problem.text().contains(QStringLiteral("Edges (N)")), wrong);
        }
        type(values, "1..2000");
        QVERIFY(!start.isEnabled());
        type(values, "1..2000+1"); // more than the window queues
        QVERIFY(!start.isEnabled());
        QVERIFY(find<QLabel>(dialog, "problem").text().contains(QStringLiteral("1000 runs")));
        type(values, "10,20");
        QVERIFY(start.isEnabled());
        QVERIFY(!problem.isVisibleTo(&dialog));
        // What makes no difference.
        find<QComboBox>(dialog, "sweptSetting")
            .setCurrentIndex(find<QComboBox>(dialog, "sweptSetting")
                                 .findData(QStringLiteral("lora.rank")));
        type(values, "4,8");
        QVERIFY(problem.text().contains(QStringLiteral("no difference")));
        QVERIFY(!start.isEnabled());
        find<QToolButton>(dialog, "removeSwept").click();
        QVERIFY(start.isEnabled());
        QCOMPARE(start.text(), QStringLiteral("Start"));
    }

    void tab_goes_through_the_rows_in_the_order_in_which_they_stand()
    {
        NewRunDialog dialog;
        sweep(dialog, "circuit.top_n", "10,20");
        sweep(dialog, "circuit.method", "circuit,random");
        dialog.show();
        QStringList reached;
        QWidget* at = dialog.findChild<QComboBox*>(QStringLiteral("sweptSetting"));
        for (; at != &find<QSpinBox>(dialog, "sweepSeeds"); at = at->nextInFocusChain()) {
            const QString name = at->objectName();
            if (name.startsWith(QStringLiteral("swept"))
                || name == QStringLiteral("removeSwept") || name == QStringLiteral("addSwept"))
                if (at->focusPolicy() & Qt::TabFocus)
                    reached << name;
            QVERIFY2(reached.size() < 20, "Tab does not come to the seeds");
        }
        QCOMPARE(reached.join(u' '),
            QStringLiteral("sweptSetting sweptValues removeSwept "
                           "sweptSetting sweptValues removeSwept addSwept"));
    }

    void runs_of_a_sweep_that_are_there_are_not_made_again()
    {
        NewRunDialog dialog;
        RunSummary run;
        run.state = RunState::finished;
        RunConfig made = dialog.config();
        made.selection.n = 20;
        run.description.configuration = to_json(made);
        dialog.set_runs_there({ run });
        sweep(dialog, "circuit.top_n", "10,20,30");
        QCOMPARE(find<QPushButton>(dialog, "startRun").text(), QStringLiteral("Start 2 runs"));
        QVERIFY(find<QLabel>(dialog, "sweepCount").text().contains(QStringLiteral("1 of them")));
        type(find<QLineEdit>(dialog, "sweptValues"), "20");
        QVERIFY(!find<QPushButton>(dialog, "startRun").isEnabled());
        // One that diverged would again; another one that failed goes on.
        run.state = RunState::failed;
        run.message = Diverged("The loss of step 4 is no longer finite").what();
        dialog.set_runs_there({ run });
        QVERIFY(!find<QPushButton>(dialog, "startRun").isEnabled());
        run.message = "The disk is full.";
        dialog.set_runs_there({ run });
        QVERIFY(find<QPushButton>(dialog, "startRun").isEnabled());
    }

private:
    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestNewRunSweep, Application::widgets)
#include "tst_new_run_sweep.moc"
