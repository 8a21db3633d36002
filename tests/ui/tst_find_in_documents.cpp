// Finding a text in the documents inside the program.
#include "tests/support/ui_test.h"
#include "ui/help/document_browser.h"
#include "ui/help/find_bar.h"
#include "ui/help/help_window.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace circuitloom::ui;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

QUrl page_named(const char* name)
{
    return QUrl(QStringLiteral("qrc:/circuitloom/help/resources/docs/") + QString::fromLatin1(name));
}

} // namespace

class TestFindInDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        help_ = std::make_unique<HelpWindow>();
        help_->show();
        QVERIFY(QTest::qWaitForWindowExposed(help_.get()));
        browser_ = help_->findChild<DocumentBrowser*>();
        contents_ = help_->findChild<QListWidget*>();
        bar_ = help_->findChild<FindBar*>();
        line_ = bar_->findChild<QLineEdit*>();
    }

    void cleanup() { help_.reset(); }

    void every_place_is_marked_and_counted()
    {
        help_->show_page(page_named("algorithm.md"));
        look_for(QStringLiteral("faithfulness"));
        const int count = static_cast<int>(
            browser_->toPlainText().count(QStringLiteral("faithfulness"), Qt::CaseInsensitive));
        QVERIFY(count > 3);
        QCOMPARE(marked().size(), count);
        for (const QString& text : marked())
            QCOMPARE(text.toLower(), QStringLiteral("faithfulness"));
        QCOMPARE(result(), QStringLiteral("1 of %1").arg(count));
        QVERIFY(browser_->verticalScrollBar()->value() > 0); // it has gone there
        QTest::keyClicks(line_, QStringLiteral("zzz"));
        QCOMPARE(result(), QStringLiteral("Not found"));
        QCOMPARE(line_->accessibleDescription(), QStringLiteral("Not found"));
        QVERIFY(marked().isEmpty());
    }

    void keys_go_from_place_to_place_and_round()
    {
        help_->show_page(page_named("algorithm.md"));
        look_for(QStringLiteral("faithfulness"));
        const int count = static_cast<int>(marked().size());
        const int first = browser_->textCursor().position();
        QTest::keyClick(help_.get(), Qt::Key_F3);
        QCOMPARE(result(), QStringLiteral("2 of %1").arg(count));
        QVERIFY(browser_->textCursor().position() > first);
        QTest::keyClick(line_, Qt::Key_Return);
        QCOMPARE(result(), QStringLiteral("3 of %1").arg(count));
        QTest::keyClick(line_, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClick(help_.get(), Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(browser_->textCursor().position(), first);
        QTest::keyClick(help_.get(), Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(result(), QStringLiteral("%1 of %1").arg(count));
        QTest::keyClick(help_.get(), Qt::Key_F3);
        QCOMPARE(result(), QStringLiteral("1 of %1").arg(count));
    }

    void escape_closes_the_bar_and_then_the_window()
    {
        look_for(QStringLiteral("circuit"));
        QVERIFY(bar_->isVisible() && !marked().isEmpty());
        QTest::keyClick(line_, Qt::Key_Escape);
        QVERIFY(!bar_->isVisible() && help_->isVisible());
        QVERIFY(marked().isEmpty());
        QVERIFY(browser_->hasFocus());
        QTest::keyClick(help_.get(), Qt::Key_F3); // looks for the same again
        QVERIFY(bar_->isVisible() && !marked().isEmpty());
        QTest::keyClick(line_, Qt::Key_Escape);
        QTest::keyClick(browser_, Qt::Key_Escape);
        QVERIFY(!help_->isVisible());
    }

    void another_page_is_searched_without_being_scrolled()
    {
        look_for(QStringLiteral("circuit"));
        help_->show_page(page_named("algorithm.md"));
        QCOMPARE(browser_->verticalScrollBar()->value(), 0);
        const int count = static_cast<int>(marked().size());
        QVERIFY(count > 10);
        QCOMPARE(result(), QStringLiteral("%1 places").arg(count));
        QTest::keyClick(help_.get(), Qt::Key_F3);
        QCOMPARE(result(), QStringLiteral("1 of %1").arg(count));
    }

    void all_documents_are_searched_page_after_page()
    {
        const QString rare = QStringLiteral("resamples");
        look_for(rare);
        bar_->findChild<QCheckBox*>()->click();
        QTRY_VERIFY_WITH_TIMEOUT(listed().size() < contents_->count(), patience);
        const QStringList pages = listed();
        QVERIFY(pages.size() > 1);
        // What the list says of a page is what is marked on it, and keys lead through all of them.
        QStringList visited;
        int places = 0;
        for (QString page; visited.size() < pages.size();) {
            QTest::keyClick(help_.get(), Qt::Key_F3);
            ++places;
            page = contents_->currentItem()->text();
            if (visited.contains(page))
                continue;
            visited << page;
            QVERIFY2(page.endsWith(QStringLiteral(" (%1)").arg(marked().size())), qPrintable(page));
            QVERIFY2(result().startsWith(QStringLiteral("1 of")), qPrintable(result()));
        }
        QCOMPARE(QSet<QString>(visited.begin(), visited.end()),
            QSet<QString>(pages.begin(), pages.end()));
        QVERIFY(places >= pages.size());
        QTest::keyClick(line_, Qt::Key_Escape);
        QCOMPARE(listed().size(), contents_->count());
        for (const QString& title : listed())
            QVERIFY2(!title.endsWith(u')'), qPrintable(title));
    }

    void where_only_other_pages_have_it_that_is_said()
    {
        help_->show_page(page_named("timeline.md"));
        look_for(QStringLiteral("resamples"));
        QCOMPARE(result(), QStringLiteral("Not found"));
        bar_->findChild<QCheckBox*>()->click();
        QTRY_VERIFY_WITH_TIMEOUT(
            result().startsWith(QStringLiteral("Not on this page; ")), patience);
    }

    void everything_is_reached_by_the_keyboard_and_named()
    {
        look_for(QStringLiteral("circuit"));
        for (const QToolButton* button : bar_->findChildren<QToolButton*>()) {
            if (button->parentWidget() == line_) // Qt's own, which clears it
                continue;
            QVERIFY(!button->accessibleName().isEmpty());
            QVERIFY(button->focusPolicy() & Qt::TabFocus);
        }
        QVERIFY(!line_->accessibleName().isEmpty());
        // From left to right.
        int left = 0;
        for (int i = 0; i < 5; ++i) {
            const QWidget* now = QApplication::focusWidget();
            QVERIFY(bar_->isAncestorOf(now) && now->x() >= left);
            left = now->x() + 1;
            QTest::keyClick(help_.get(), Qt::Key_Tab);
        }
    }

private:
    void look_for(const QString& text)
    {
        QTest::keyClick(help_.get(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(bar_->isVisible() && line_->hasFocus());
        QTest::keyClicks(line_, text);
    }
    QString result() const
    {
        return bar_->findChild<QLabel*>(QStringLiteral("findResult"))->text();
    }
    QStringList marked() const
    {
        QStringList texts;
        for (const QTextEdit::ExtraSelection& mark : browser_->extraSelections())
            texts << mark.cursor.selectedText();
        return texts;
    }
    QStringList listed() const
    {
        QStringList titles;
        for (int row = 0; row < contents_->count(); ++row)
            if (!contents_->item(row)->isHidden())
                titles << contents_->item(row)->text();
        return titles;
    }

    std::unique_ptr<HelpWindow> help_;
    DocumentBrowser* browser_ = nullptr;
    QListWidget* contents_ = nullptr;
    FindBar* bar_ = nullptr;
    QLineEdit* line_ = nullptr;
};

CIRCUITLOOM_UI_TEST(TestFindInDocuments, Application::widgets)
#include "tst_find_in_documents.moc"
