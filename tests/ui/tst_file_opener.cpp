// What of a file is read before it is shown, and the histories that are read later: nothing comes
// of files that nobody wants any more.
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/session/file_opener.h"
#include "ui/session/history_reader.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::write_run;

namespace {

using Names = std::vector<std::string>;

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

} // namespace

class TestFileOpener : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        told_.clear();
    }

    void of_several_files_only_the_newest_is_told()
    {
        write_run(path("first.loom"), "first", 3);
        write_run(path("second.loom"), "second", 3);
        FileReader reader;
        ExperimentWriter writer;
        FileOpener opener(reader, writer);
        ask(opener, "first.loom");
        ask(opener, "missing.loom");
        ask(opener, "second.loom");
        QVERIFY(opener.pending());
        QTRY_VERIFY_WITH_TIMEOUT(!told_.empty(), patience);
        QCOMPARE(told_, Names({ "second" }));
        QVERIFY(!opener.pending());
    }

    void a_file_that_cannot_be_read_is_told()
    {
        FileReader reader;
        ExperimentWriter writer;
        FileOpener opener(reader, writer);
        ask(opener, "missing.loom");
        QTRY_VERIFY_WITH_TIMEOUT(!told_.empty(), patience);
        QCOMPARE(told_, Names({ "failed" }));
        QVERIFY(!opener.pending());
    }

    void nothing_is_told_of_what_was_called_off()
    {
        write_run(path("first.loom"), "first", 3);
        write_run(path("second.loom"), "second", 3);
        FileReader reader;
        ExperimentWriter writer;
        FileOpener opener(reader, writer);
        ask(opener, "first.loom");
        opener.cancel();
        QVERIFY(!opener.pending());
        FileOpener other(reader, writer); // whose file is read after that of the first
        ask(other, "second.loom");
        QTRY_VERIFY_WITH_TIMEOUT(!told_.empty(), patience);
        QCOMPARE(told_, Names({ "second" }));
    }

    void histories_of_a_file_that_was_left_never_come()
    {
        write_run(path("first.loom"), "first", 3);
        write_run(path("second.loom"), "second", 3);
        FileReader reader;
        HistoryReader histories(reader);
        const auto opened = [&](const char* name) {
            return reader.open(
                path(name), [](const ExperimentReader&) { return FileReader::Delivery(); }, {});
        };
        const auto taken = [this](const RunHistory& run) {
            told_.push_back(run.summary.description.name);
            QVERIFY(run.complete && !run.iterations.empty());
        };
        const auto failed = [this](const QString&) { told_.emplace_back("failed"); };
        histories.follow(opened("first.loom"));
        histories.read(RunId{ 1 }, taken, failed);
        histories.read(RunId{ 7 }, taken, failed);
        histories.follow(opened("second.loom")); // the first stays open
        histories.read(RunId{ 1 }, taken, failed);
        histories.read(RunId{ 7 }, taken, failed);
        QTRY_VERIFY_WITH_TIMEOUT(told_.size() >= 2, patience);
        QCOMPARE(told_, Names({ "second", "failed" }));
    }

private:
    QString path(const char* name) const { return folder_->filePath(QString::fromLatin1(name)); }

    void ask(FileOpener& opener, const char* name)
    {
        opener.open(
            path(name), {}, {},
            [this](OpenFile, const ExperimentContents& contents) {
                told_.push_back(contents.runs.front().summary.description.name);
            },
            [this](const QString&) { told_.emplace_back("failed"); });
    }

    std::unique_ptr<QTemporaryDir> folder_;
    Names told_; ///< the names of runs that came, and "failed"
};

CIRCUITLOOM_UI_TEST(TestFileOpener, Application::core)
#include "tst_file_opener.moc"
