// Dialogs that stay open while an experiment that was never saved gets its name: the file that they
// began with is gone then.
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/export/export_dialog.h"
#include "ui/report/report_dialog.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::open_in_window;
using circuitloom::testing::write_run;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

void ask(const MainWindow& window, const char* text)
{
    for (QAction* one : window.findChildren<QAction*>())
        if (QString(one->text()).remove(u'&') == QString::fromUtf8(text))
            return one->trigger();
    qFatal("The window has no such action.");
}

void press_export(const QDialog& dialog)
{
    dialog.findChild<QPushButton*>(QStringLiteral("exportStart"))->click();
}

} // namespace

class TestSavedMeanwhile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        circuitloom::testing::keep_settings_in(folder_->path());
        QVERIFY(QDir(folder_->path()).mkpath(QStringLiteral("kept")));
        write_run(path("kept/unsaved.loom"), "run", 3);
        window_ = std::make_unique<MainWindow>(
            [] { return std::make_unique<circuitloom::testing::FakeEngine>(); }, path("kept"));
        window_->resize(1200, 800);
        window_->show();
        QVERIFY(open_in_window(*window_, path("kept/unsaved.loom")));
        QVERIFY(window_->session().unsaved());
    }
    void cleanup() { window_.reset(); }

    void pictures_are_made_of_the_experiment_where_it_is_then()
    {
        ask(*window_, "Export…");
        const QPointer<ExportDialog> dialog = window_->findChild<ExportDialog*>();
        QVERIFY(dialog);
        save();
        dialog->set_file(path("circuit.svg"));
        press_export(*dialog);
        QTRY_VERIFY2_WITH_TIMEOUT(QFile::exists(path("circuit.svg")),
            qPrintable(dialog->findChild<QLabel*>(QStringLiteral("exportMessage"))->text()),
            patience);
    }

    void reports_are_made_of_the_experiment_where_it_is_then()
    {
        ask(*window_, "Export report…");
        const QPointer<ReportDialog> dialog = window_->findChild<ReportDialog*>();
        QVERIFY(dialog);
        save();
        dialog->set_file(path("report.html"));
        press_export(*dialog);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path("report.html")), patience);
    }

private:
    void save()
    {
        const QSignalSpy saved(&window_->session(), &ExperimentSession::saved);
        window_->session().save_as(path("saved.loom"));
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
        QVERIFY(!QFile::exists(path("kept/unsaved.loom")));
    }

    QString path(const char* name) const { return folder_->filePath(QString::fromLatin1(name)); }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<MainWindow> window_;
};

CIRCUITLOOM_UI_TEST(TestSavedMeanwhile, Application::widgets)
#include "tst_saved_meanwhile.moc"
