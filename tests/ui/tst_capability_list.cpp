#include "tests/support/ui_test.h"
#include "ui/dialogs/capability_list.h"

#include <QInputDialog>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QTest>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

/// A list whose user's edits are shown again, as the dialog does it.
struct Edited
{
    Edited()
    {
        QObject::connect(&list, &CapabilityList::edited, &list,
            [this](const std::vector<SuiteReference>& now) { show(now); });
        list.show();
    }
    void show(const std::vector<SuiteReference>& now)
    {
        suites = now;
        list.show_suites(suites);
    }
    template <class Widget>
    Widget& find(const char* name)
    {
        return *list.findChild<Widget*>(QLatin1String(name));
    }
    QStringList names() const
    {
        QStringList all;
        for (const SuiteReference& suite : suites)
            all << QString::fromStdString(suite.name);
        return all;
    }
    /// Chooses what the menu of Add calls so.
    void add(const QString& text)
    {
        for (QAction* action : find<QPushButton>("addCapability").menu()->actions())
            if (action->text() == text)
                return action->trigger();
        qFatal("There is no %s.", qPrintable(text));
    }

    CapabilityList list;
    std::vector<SuiteReference> suites;
};

} // namespace

class TestCapabilityList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void a_suite_that_is_added_twice_has_two_names()
    {
        Edited edited;
        edited.add(QStringLiteral("Demo's language: facts"));
        edited.add(QStringLiteral("Demo's language: facts"));
        edited.add(QStringLiteral("Demo's language: facts"));
        QCOMPARE(edited.names(),
            (QStringList{
                QStringLiteral("facts"), QStringLiteral("facts 2"), QStringLiteral("facts 3") }));
        for (const SuiteReference& suite : edited.suites)
            QCOMPARE(suite.source, std::string("demo/facts"));
    }

    void what_is_chosen_can_be_left_out()
    {
        Edited edited;
        edited.show({ { "a", "/data/a.jsonl" }, { "b", "/data/b.jsonl" }, { "c", "demo/facts" } });
        auto& shown = edited.find<QListWidget>("capabilities");
        auto& remove = edited.find<QPushButton>("removeCapability");
        QVERIFY(!remove.isEnabled()); // nothing is chosen
        QCOMPARE(shown.item(0)->text(), QStringLiteral("a  ·  a.jsonl"));
        QCOMPARE(shown.item(2)->text(), QStringLiteral("c  ·  demo/facts"));
        shown.item(0)->setSelected(true);
        shown.item(2)->setSelected(true);
        remove.click();
        QCOMPARE(edited.names(), QStringList{ QStringLiteral("b") });
        QVERIFY(!remove.isEnabled());
        edited.list.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&edited.list));
        shown.setFocus();
        shown.item(0)->setSelected(true);
        QTest::keyClick(&shown, Qt::Key_Delete);
        QVERIFY(edited.suites.empty());
    }

    void on_another_host_a_file_is_named_by_its_path()
    {
        Edited edited;
        edited.list.set_host(QStringLiteral("cluster"));
        edited.add(QStringLiteral("File on cluster…"));
        auto* question = edited.list.findChild<QInputDialog*>(QStringLiteral("suitePath"));
        QVERIFY(question);
        question->setTextValue(QStringLiteral("  /data/copying.v2.jsonl "));
        question->accept();
        QCOMPARE(edited.names(), QStringList{ QStringLiteral("copying.v2") });
        QCOMPARE(edited.suites[0].source, std::string("/data/copying.v2.jsonl"));
    }
};

CIRCUITLOOM_UI_TEST(TestCapabilityList, Application::widgets)
#include "tst_capability_list.moc"
