// What the list says of a run, to who sees it and to who hears it.
#include "core/run/observed_run.h"
#include "tests/support/ui_test.h"
#include "ui/runs/runs_model.h"
#include "ui/runs/runs_panel.h"

#include <QAccessible>
#include <QAction>
#include <QListView>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <array>
#include <set>
#include <string_view>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

RunRow row_in(RunState state, std::string_view method)
{
    RunRow row;
    row.summary.id = { 1 };
    row.summary.state = state;
    row.summary.description.name = "the run";
    row.summary.description.method = std::string(method);
    row.summary.description.steps = 100;
    row.summary.steps_done = 46;
    row.summary.iterations = 7;
    return row;
}

constexpr std::array all_states{ RunState::running, RunState::paused, RunState::finished,
    RunState::stopped, RunState::failed, RunState::interrupted };

} // namespace

class TestRunRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void every_state_has_words_of_its_own_data()
    {
        QTest::addColumn<QString>("method");
        QTest::newRow("tuned") << QStringLiteral("circuit");
        QTest::newRow("observed") << QString::fromUtf8(
            observed_method.data(), static_cast<qsizetype>(observed_method.size()));
    }

    void every_state_has_words_of_its_own()
    {
        QFETCH(QString, method);
        std::set<QString> texts;
        for (const RunState state : all_states) {
            const QString text = state_text(row_in(state, method.toStdString()));
            QVERIFY(text.contains(u'7') || text.contains(QStringLiteral("46")));
            QVERIFY2(texts.insert(text).second, qPrintable(text));
        }
    }

    void an_observed_run_says_who_pauses_it_and_why_it_failed()
    {
        RunRow row = row_in(RunState::paused, observed_method);
        QCOMPARE(state_text(row), QStringLiteral("paused · 7 checkpoints"));
        row.elsewhere = true;
        QCOMPARE(state_text(row), QStringLiteral("paused by another process · 7 checkpoints"));
        row.summary.state = RunState::running;
        QCOMPARE(state_text(row), QStringLiteral("observed by another process · 7 checkpoints"));
        row = row_in(RunState::interrupted, observed_method);
        QCOMPARE(state_text(row), QStringLiteral("interrupted · 7 checkpoints"));
        row = row_in(RunState::failed, observed_method);
        row.summary.message = "No model lies there.";
        QCOMPARE(state_text(row), QStringLiteral("failed · 7 checkpoints: No model lies there."));
    }

    void a_screen_reader_is_told_method_state_and_figures()
    {
        RunRow row = row_in(RunState::stopped, "full");
        row.summary.last_loss = 2.14;
        RunsModel model;
        model.set_rows({ row });
        QListView list;
        list.setModel(&model);
        QAccessibleInterface* of_list = QAccessible::queryAccessibleInterface(&list);
        QVERIFY(of_list && of_list->childCount() > 0);
        const QAccessibleInterface* of_run = of_list->child(0);
        QCOMPARE(of_run->text(QAccessible::Name), QStringLiteral("the run"));
        QCOMPARE(of_run->text(QAccessible::Description),
            QStringLiteral("all parameters, stopped · step 46 of 100, Loss 2.140"));
    }

    void the_lists_keys_are_its_own_only_alone()
    {
        RunsModel model;
        RunsPanel panel(model);
        panel.show_rows({ row_in(RunState::finished, "circuit") }, RunId{ 1 });
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* list = panel.findChild<QListView*>(QStringLiteral("runsList"));
        list->setFocus();
        QTRY_VERIFY(list->hasFocus());
        QSignalSpy removed(&panel, &RunsPanel::remove_requested);
        QSignalSpy details(&panel, &RunsPanel::details_requested);
        for (const auto with : { Qt::ControlModifier, Qt::ShiftModifier, Qt::AltModifier })
            for (const Qt::Key key : { Qt::Key_Delete, Qt::Key_Return })
                QTest::keyClick(list, key, with);
        QCOMPARE(removed.size() + details.size(), 0);
        QTest::keyClick(list, Qt::Key_Delete);
        QTest::keyClick(list, Qt::Key_Enter, Qt::KeypadModifier);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(details.size(), 1);
    }

    void the_buttons_of_a_run_have_room_for_their_texts()
    {
        // As German has them, in a panel that is too narrow for all in a row.
        RunsModel model;
        RunsPanel panel(model);
        QAction pause(QStringLiteral("Pause"));
        QAction stop(QStringLiteral("Stoppen"));
        QAction compare(QStringLiteral("Vergleichen"));
        panel.set_actions({ &pause, &stop, &compare });
        panel.show_rows({ row_in(RunState::running, "circuit") }, RunId{ 1 });
        panel.resize(170, 400);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QCOMPARE(panel.width(), 170);
        int seen = 0;
        for (const auto* button : panel.findChildren<QToolButton*>()) {
            if (!button->isVisible())
                continue;
            ++seen;
            QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
            const QRect place(button->mapTo(&panel, QPoint()), button->size());
            QVERIFY2(panel.rect().contains(place), qPrintable(button->text()));
        }
        QCOMPARE(seen, 3);
    }
};

CIRCUITLOOM_UI_TEST(TestRunRows, Application::widgets)
#include "tst_run_rows.moc"
