// Dialogs with a text that somebody wrote do not lose it by a key pressed too early.
#include "tests/support/ui_test.h"
#include "ui/bookmarks/bookmark_dialog.h"
#include "ui/runs/run_details.h"

#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

std::unique_ptr<QDialog> dialog_named(const QString& name)
{
    if (name == QStringLiteral("bookmark"))
        return std::make_unique<BookmarkDialog>(Bookmark{ 0, { 1 }, { 7 }, "here", "", 0 });
    RunSummary run;
    run.description.name = "here";
    return std::make_unique<RunDetails>(run, QStringLiteral("finished"), QString());
}

QPlainTextEdit* note_of(const QDialog& dialog)
{
    for (auto* edit : dialog.findChildren<QPlainTextEdit*>())
        if (!edit->isReadOnly())
            return edit;
    return nullptr;
}

QPushButton* save_of(const QDialog& dialog)
{
    for (auto* button : dialog.findChildren<QPushButton*>())
        if (button->isDefault())
            return button;
    return nullptr;
}

} // namespace

class TestUnsavedNotes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void escape_asks_before_a_note_is_lost_data() { both(); }

    void escape_asks_before_a_note_is_lost()
    {
        QFETCH(QString, name);
        const auto dialog = dialog_named(name);
        dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(dialog.get()));
        QTest::keyClicks(note_of(*dialog), QStringLiteral("what took an hour to write"));
        QTest::keyClick(dialog.get(), Qt::Key_Escape);
        QVERIFY(dialog->isVisible());
        auto* question = dialog->findChild<QMessageBox*>();
        QVERIFY(question);
        question->defaultButton()->click(); // keeps it
        QVERIFY(dialog->isVisible());
        QTRY_VERIFY(!dialog->findChild<QMessageBox*>());
        QTest::keyClick(dialog.get(), Qt::Key_Escape);
        question = dialog->findChild<QMessageBox*>();
        QVERIFY(question);
        question->findChild<QPushButton*>(QStringLiteral("yes"))->click();
        QVERIFY(!dialog->isVisible());
        QCOMPARE(dialog->result(), int(QDialog::Rejected));
    }

    void what_is_as_before_closes_at_once_data() { both(); }

    void what_is_as_before_closes_at_once()
    {
        QFETCH(QString, name);
        const auto dialog = dialog_named(name);
        dialog->show();
        QTest::keyClick(dialog.get(), Qt::Key_Escape);
        QVERIFY(!dialog->isVisible());
    }

    void a_name_is_needed_data() { both(); }

    void a_name_is_needed()
    {
        QFETCH(QString, name);
        const auto dialog = dialog_named(name);
        auto* line = dialog->findChild<QLineEdit*>();
        QVERIFY(save_of(*dialog)->isEnabled());
        line->setText(QStringLiteral("  "));
        QVERIFY(!save_of(*dialog)->isEnabled());
        line->setText(QStringLiteral("there"));
        QVERIFY(save_of(*dialog)->isEnabled());
    }

private:
    static void both()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : { "bookmark", "run" })
            QTest::newRow(name) << QString::fromLatin1(name);
    }
};

CIRCUITLOOM_UI_TEST(TestUnsavedNotes, Application::widgets)
#include "tst_unsaved_notes.moc"
