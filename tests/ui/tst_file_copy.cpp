// A copy of the open file: what is in it, and when it is not what the file is any more.
#include "core/store/run_writer.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/session/experiment_file.h"
#include "ui/session/file_copy.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::write_run;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

} // namespace

class TestFileCopy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        write_run(path("file.loom"), "one", 3);
        write_run(path("file.loom"), "two", 3);
        file_ = std::make_unique<ExperimentFile>();
        file_->open(path("file.loom"), {});
        QTRY_VERIFY_WITH_TIMEOUT(file_->runs().size() == 2 && !file_->reading(), patience);
    }

    void cleanup() { file_.reset(); }

    void a_copy_is_up_to_date_until_the_file_is_changed_here()
    {
        const std::optional<FileCopy> copy = made("copy.loom");
        QVERIFY(copy && !copy->outdated());
        QCOMPARE(copy->from(), path("file.loom"));
        QCOMPARE(copy->to(), path("copy.loom"));
        file_->rename(RunId{ 1 }, QStringLiteral("other"));
        QVERIFY(copy->outdated()); // at once, before it is in the file
        const std::optional<FileCopy> later = made("later.loom");
        QVERIFY(later && !later->outdated());
        QCOMPARE(ExperimentReader(path_of(path("later.loom"))).run(RunId{ 1 }).description.name,
            std::string("other"));
    }

    void a_copy_is_up_to_date_until_somebody_else_writes()
    {
        const std::optional<FileCopy> copy = made("copy.loom");
        QVERIFY(copy && !copy->outdated());
        set_run_notes(path_of(path("file.loom")), RunId{ 1 }, "by somebody else");
        QVERIFY(copy->outdated());
    }

    void removed_runs_are_left_out()
    {
        file_->remove(RunId{ 1 });
        const std::optional<FileCopy> copy = made("copy.loom");
        QVERIFY(copy && !copy->outdated());
        const std::vector<RunSummary> runs = ExperimentReader(path_of(path("copy.loom"))).runs();
        QCOMPARE(runs.size(), std::size_t{ 1 });
        QVERIFY(runs.front().id == RunId{ 2 });
        file_->undo_remove();
        QVERIFY(copy->outdated());
    }

    void what_cannot_be_written_is_told()
    {
        const QSignalSpy failed(file_.get(), &ExperimentFile::failed);
        bool was_made = false;
        FileCopy::make(
            *file_, path("missing/copy.loom"), [&](const FileCopy&) { was_made = true; });
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        QVERIFY(!was_made);
    }

private:
    QString path(const char* name) const { return folder_->filePath(QString::fromLatin1(name)); }

    std::optional<FileCopy> made(const char* name)
    {
        const auto copy = std::make_shared<std::optional<FileCopy>>();
        FileCopy::make(*file_, path(name), [copy](const FileCopy& done) { *copy = done; });
        (void)QTest::qWaitFor([&] { return copy->has_value(); }, patience);
        return *copy;
    }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<ExperimentFile> file_;
};

CIRCUITLOOM_UI_TEST(TestFileCopy, Application::core)
#include "tst_file_copy.moc"
