// The documents inside the program, and files that are dropped onto the window.
#include "tests/support/dropped_files.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_runs.h"
#include "ui/dialogs/new_run_dialog.h"
#include "ui/help/document_browser.h"
#include "ui/help/help_window.h"
#include "ui/window/error_banner.h"
#include "ui/window/file_drops.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QListWidget>
#include <QMimeData>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSet>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>

#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::drop;
using circuitloom::testing::write_run;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

std::unique_ptr<TuningEngine> fake()
{
    return std::make_unique<FakeEngine>();
}

QByteArray content_of(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestHelpAndDrops : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(settings_.path());
    }

    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QSettings().clear();
    }

    void every_page_of_the_repository_is_in_the_contents()
    {
        QStringList listed;
        QStringList titles;
        for (const DocumentPage& page : document_pages()) {
            QVERIFY2(!titles.contains(page.title), qPrintable(page.title)); // one is told from another
            titles << page.title;
            QVERIFY2(!page.title.isEmpty() && !page.title.contains(u'/'), qPrintable(page.title));
            const QString name = page.source.path().section(QStringLiteral("/help/"), 1);
            listed << name;
            QCOMPARE(content_of(u':' + page.source.path()),
                content_of(QStringLiteral(CIRCUITLOOM_SOURCE_DIR "/") + name));
        }
        const QDir docs(QStringLiteral(CIRCUITLOOM_SOURCE_DIR "/resources/docs"));
        for (const QString& name : docs.entryList({ QStringLiteral("*.md") }))
            QVERIFY2(listed.contains(QStringLiteral("resources/docs/") + name), qPrintable(name));
        for (const QString& name : docs.entryList({ QStringLiteral("*.png"), QStringLiteral("*.gif") }))
            QVERIFY2(QFile::exists(QStringLiteral(":/circuitloom/help/resources/docs/") + name),
                qPrintable(name));
    }

    void every_link_between_pages_leads_somewhere()
    {
        HelpWindow help;
        help.show();
        QVERIFY(QTest::qWaitForWindowExposed(&help));
        const auto* browser = help.findChild<DocumentBrowser*>();
        const QRegularExpression link(QStringLiteral(R"(\]\(([^)\s]+)\))"));
        QSet<QUrl> seen;
        int followed = 0;
        for (const DocumentPage& page : document_pages()) {
            const QString text = QString::fromUtf8(content_of(u':' + page.source.path()));
            for (auto found = link.globalMatch(text); found.hasNext();) {
                const QUrl to = page.source.resolved(QUrl(found.next().captured(1)));
                if (to.scheme() != QStringLiteral("qrc"))
                    continue;
                QVERIFY2(QFile::exists(u':' + to.path()), qPrintable(to.toString()));
                if (seen.contains(to))
                    continue;
                seen << to;
                help.show_page(to);
                QCOMPARE(help.page(), to);
                ++followed;
                if (!to.hasFragment())
                    continue;
                bool has_heading = false;
                for (QTextBlock block = browser->document()->begin(); block.isValid();
                     block = block.next())
                    has_heading = has_heading
                        || (block.blockFormat().headingLevel() > 0
                            && anchor_of(block.text()) == to.fragment());
                QVERIFY2(has_heading, qPrintable(to.toString()));
            }
        }
        QVERIFY(followed > 25);
    }

    void a_link_to_a_heading_scrolls_there_and_back_leads_back()
    {
        HelpWindow help;
        help.show();
        QVERIFY(QTest::qWaitForWindowExposed(&help));
        auto* browser = help.findChild<DocumentBrowser*>();
        auto* contents = help.findChild<QListWidget*>();
        const QUrl algorithm(
            QStringLiteral("qrc:/circuitloom/help/resources/docs/algorithm.md#5-the-loop"));
        help.show_page(algorithm);
        QVERIFY(browser->verticalScrollBar()->value() > 0);
        QCOMPARE(contents->currentItem()->text(), QStringLiteral("What the engine computes"));
        QString top;
        for (int y = 0; y < 80; y += 5)
            top += browser->cursorForPosition(QPoint(30, y)).block().text();
        QVERIFY2(top.contains(QStringLiteral("5. The loop")), qPrintable(top));
        browser->backward();
        QCOMPARE(contents->currentRow(), 0);
        QCOMPARE(help.page(), document_pages().front().source);
    }

    void the_window_opens_them()
    {
        MainWindow window(fake, path("kept"));
        show(window);
        for (QAction* action : window.actions())
            if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_F1))
                action->trigger();
        auto* help = window.findChild<HelpWindow*>();
        QVERIFY(help && help->isVisible());
        auto* contents = help->findChild<QListWidget*>();
        QCOMPARE(contents->count(), static_cast<int>(document_pages().size()));
        contents->setCurrentRow(2);
        QCOMPARE(help->page(), document_pages()[2].source);
        QVERIFY(!help->findChild<DocumentBrowser*>()->toPlainText().isEmpty());
    }

    void dropped_files_are_told_apart_by_their_names()
    {
        QVERIFY(QDir(folder_->path()).mkdir(QStringLiteral("model")));
        const auto urls = [this](const QStringList& names) {
            QList<QUrl> all;
            for (const QString& name : names)
                all << QUrl::fromLocalFile(folder_->filePath(name));
            return all;
        };
        const DroppedFiles sorted = sorted_files(urls({ QStringLiteral("a.loom"),
            QStringLiteral("model"), QStringLiteral("b.LOOM"), QStringLiteral("c.GGUF"),
            QStringLiteral("t.jsonl"), QStringLiteral("r.toml"), QStringLiteral("x.png") }));
        QCOMPARE(sorted.experiments, QStringList({ path("a.loom"), path("b.LOOM") }));
        QCOMPARE(sorted.model, path("model"));
        QCOMPARE(sorted.task, path("t.jsonl"));
        QCOMPARE(sorted.configuration, path("r.toml"));
        QCOMPARE(sorted.others, QStringList({ QStringLiteral("c.GGUF"), QStringLiteral("x.png") }));
        const DroppedFiles web = sorted_files({ QUrl(QStringLiteral("https://a.b/c.loom")) });
        QVERIFY(web.experiments.isEmpty());
        QCOMPARE(web.others, QStringList({ QStringLiteral("https://a.b/c.loom") }));
    }

    void a_dropped_experiment_opens()
    {
        write_run(path("a.loom"), "first", 4);
        MainWindow window(fake, path("kept"));
        show(window);
        drop(window, { path("a.loom"), path("other.loom") });
        QTRY_COMPARE_WITH_TIMEOUT(window.session().file(), path("a.loom"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            window.findChild<ErrorBanner*>()->text().contains(QStringLiteral("other.loom")),
            patience);
    }

    void a_model_a_task_and_a_configuration_fill_in_a_new_run()
    {
        QVERIFY(QDir(folder_->path()).mkdir(QStringLiteral("model")));
        QFile task(path("task.jsonl"));
        QVERIFY(task.open(QIODevice::WriteOnly));
        task.write(R"({"prompt": "The dogs", "target": " run", "alternative": " runs"})");
        task.close();
        RunConfig config = preset("sv-disagreement");
        config.steps = 77;
        config.selection.n = 21;
        QFile toml(path("mine.toml"));
        QVERIFY(toml.open(QIODevice::WriteOnly));
        toml.write(QByteArray::fromStdString(to_toml(config)));
        toml.close();
        MainWindow window(fake, path("kept"));
        show(window);
        drop(window, { path("model"), path("task.jsonl"), path("mine.toml") });
        NewRunDialog* dialog = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(dialog = window.findChild<NewRunDialog*>(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(
            dialog->config().model, path("model").toStdString(), patience);
        QCOMPARE(dialog->config().task, path("task.jsonl").toStdString());
        QCOMPARE(dialog->config().steps, 77);
        QCOMPARE(dialog->config().selection.n, 21);
        QVERIFY(window.findChild<ErrorBanner*>()->text().isEmpty());
    }

    void what_is_of_no_use_is_said()
    {
        MainWindow window(fake, path("kept"));
        show(window);
        drop(window, { path("holiday.png"), QStringLiteral("https://example.org/x.loom") });
        const auto* banner = window.findChild<ErrorBanner*>();
        QTRY_VERIFY_WITH_TIMEOUT(
            banner->text().contains(QStringLiteral("holiday.png")), patience);
        QVERIFY(banner->text().contains(QStringLiteral("example.org")));
        QVERIFY(banner->text().contains(QStringLiteral(".loom")));
        drop(window, { path("missing.toml") });
        QTRY_VERIFY_WITH_TIMEOUT(
            banner->text().contains(QStringLiteral("missing.toml")), patience);
    }

private:
    QString path(const char* name) const { return folder_->filePath(QString::fromLatin1(name)); }

    static void show(MainWindow& window)
    {
        window.resize(1280, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
    }

    QTemporaryDir settings_;
    std::unique_ptr<QTemporaryDir> folder_;
};

CIRCUITLOOM_UI_TEST(TestHelpAndDrops, Application::widgets)
#include "tst_help_and_drops.moc"
