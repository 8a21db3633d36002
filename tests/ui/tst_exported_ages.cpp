// How old edges are in pictures: that takes all circuits of the run until then, which are many.
#include "tests/support/experiment_source.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "ui/export/export_dialog.h"
#include "ui/session/run_ages.h"

#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

bool says(const ExportDialog& dialog, const QString& words)
{
    const auto labels = dialog.findChildren<QLabel*>();
    return std::ranges::any_of(
        labels, [&](const QLabel* label) { return label->text().contains(words); });
}

void press_copy(const ExportDialog& dialog)
{
    dialog.findChild<QPushButton*>(QStringLiteral("exportCopy"))->click();
}

} // namespace

class TestExportedAges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(folder_.path());
        source_ = circuitloom::testing::experiment_source(
            folder_.filePath(QStringLiteral("run.loom")), 12);
        source_.look.scene.mode = ColorMode::age;
    }

    void they_are_read_in_the_background()
    {
        ExportDialog dialog(source_);
        dialog.choose_kind(ExportChoices::Kind::circuit);
        press_copy(dialog);
        QVERIFY(says(dialog, QStringLiteral("Reading how old the edges are")));
        QTRY_VERIFY_WITH_TIMEOUT(
            !says(dialog, QStringLiteral("Reading how old the edges are")), patience);
        press_copy(dialog);
        QVERIFY(says(dialog, QStringLiteral("Copied")));
    }

    void those_that_are_known_are_not_read_again()
    {
        const ExperimentReader reader(source_.file);
        const RunId run{ source_.origin.run };
        EdgeAges known;
        read_ages(known, reader, run, 3);
        QCOMPARE(known.iterations(), 4);
        read_ages(known, reader, run, source_.iteration);
        EdgeAges all;
        for (const Circuit& circuit : reader.circuits(run, { 0 }, { source_.iteration }))
            all.add(circuit);
        QVERIFY(known.at(source_.iteration) == all.at(source_.iteration));

        CircuitLook look = source_.look;
        look.ages = std::make_shared<const EdgeAges>(known);
        RunScenes scenes(source_.file, run, look);
        QVERIFY(scenes.knows_ages(source_.iteration));
        QVERIFY(!scenes.knows_ages(source_.iteration + 1));
        const CircuitScene beyond = scenes.at(source_.iteration + 1); // goes on from them
        const CircuitScene same
            = RunScenes(source_.file, run, source_.look).at(source_.iteration + 1);
        QCOMPARE(beyond.edges.size(), same.edges.size());
        QVERIFY(scenes.knows_ages(source_.iteration + 1));
        ExportSource source = source_;
        source.look = look;
        ExportDialog dialog(source);
        dialog.choose_kind(ExportChoices::Kind::circuit);
        press_copy(dialog);
        QVERIFY(says(dialog, QStringLiteral("Copied")));
    }

private:
    QTemporaryDir folder_;
    ExportSource source_;
};

CIRCUITLOOM_UI_TEST(TestExportedAges, Application::widgets)
#include "tst_exported_ages.moc"
