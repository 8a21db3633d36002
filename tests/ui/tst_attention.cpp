// Maps of attention: of all heads, on a sentence of the task, and read with the keyboard.
#include "tests/support/shown_run.h"
#include "tests/support/ui_test.h"
#include "ui/inspector/attention_grid.h"
#include "ui/inspector/attention_map.h"
#include "ui/inspector/example_sentence.h"
#include "ui/inspector/inspector_panel.h"

#include <QCheckBox>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QtTest>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakePanelContext;
using circuitloom::testing::show_run;

namespace {

const QString asker = QStringLiteral("inspector, attention of all");

/// Of so many layers of nine heads, as SmolLM2-135M has 30.
AttentionAnswer all_of(int layers)
{
    AttentionAnswer answer;
    answer.tokens = { "the", " cat" };
    for (int layer = 0; layer < layers; ++layer)
        for (int head = 0; head < 9; ++head)
            answer.patterns.push_back({ { NodeKind::head, layer, head }, { 1, 0, 0.5F, 0.5F } });
    return answer;
}

const AttentionQuestion& question_of(const FakePanelContext& context)
{
    return std::get<AttentionQuestion>(context.open.at(asker).question);
}

} // namespace

class TestAttention : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;

private Q_SLOTS:
    void all_heads_can_be_asked_for()
    {
        FakePanelContext context;
        show_run(context, folder_, 12, 5);
        context.set_sentence(QStringLiteral("the cat"));
        InspectorPanel panel(context);
        panel.resize(300, 400);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        QTRY_VERIFY(context.open.contains(asker));
        QVERIFY(!question_of(context).heads.empty());
        auto* all = panel.findChild<QCheckBox*>(QStringLiteral("attentionAllHeads"));
        all->setChecked(true);
        QVERIFY(question_of(context).heads.empty()); // which asks for all
        context.answer(asker, all_of(30));
        auto* grid = panel.findChild<AttentionGrid*>();
        QCOMPARE(grid->heads().size(), 270U);
        QVERIFY(grid->heads().back() == (Node{ NodeKind::head, 29, 8 }));
        // Hidden and shown again it is not asked for anew.
        const int asked = context.asked;
        panel.hide();
        panel.show();
        QTest::qWait(100);
        QCOMPARE(context.asked, asked);
        // The keys bring what is out of sight into it.
        auto* scroll = panel.findChild<QScrollArea*>();
        QTRY_VERIFY(scroll->verticalScrollBar()->maximum() > 400);
        grid->setFocus();
        for (int i = 0; i < 200; ++i)
            QTest::keyClick(grid, Qt::Key_Down);
        const QRect seen = grid->visibleRegion().boundingRect();
        QVERIFY(seen.intersects(grid->place_of(269)));
        QVERIFY(grid->accessibleDescription().startsWith(QStringLiteral("a29.h8 ")));
        all->setChecked(false);
        QVERIFY(grid->heads().empty()); // those of the circuit are asked for
        QVERIFY(!question_of(context).heads.empty());
    }

    void what_is_painted_in_part_is_what_is_painted_whole()
    {
        FakePanelContext context;
        show_run(context, folder_, 12, 5);
        AttentionGrid grid(context, nullptr);
        grid.show_heads(*context.shown, QStringLiteral("the cat"), true);
        context.answer(asker, all_of(30));
        grid.resize(300, grid.heightForWidth(300));
        const QImage whole = grid.grab().toImage();
        const QRect part = grid.place_of(100).adjusted(-6, -3, 6, 3);
        QCOMPARE(grid.grab(part).toImage().convertToFormat(QImage::Format_RGB32),
            whole.copy(part).convertToFormat(QImage::Format_RGB32));
    }

    void a_sentence_of_the_task_stands_in_where_all_heads_are_asked_for()
    {
        FakePanelContext context;
        show_run(context, folder_, 12, 5);
        InspectorPanel panel(context);
        panel.resize(300, 900);
        panel.show();
        const QString sentence = first_sentence(context.history->config.task);
        QVERIFY(!sentence.isEmpty());
        // Looking at a file builds no model that nobody has asked for.
        QTest::qWait(100);
        QVERIFY(context.open.empty());
        panel.findChild<QCheckBox*>(QStringLiteral("attentionAllHeads"))->setChecked(true);
        QTRY_VERIFY(context.open.contains(asker));
        QCOMPARE(QString::fromStdString(question_of(context).text), sentence);
        QTRY_VERIFY(panel.findChild<QLabel*>(QStringLiteral("inspectorKind"))
                        ->text()
                        .contains(sentence));
        context.set_sentence(QStringLiteral("the dogs"));
        QTRY_COMPARE(question_of(context).text, "the dogs");
    }

    void the_arrow_keys_walk_from_number_to_number()
    {
        AttentionMap map;
        map.set_theme(theme(false));
        map.set_content({ { QStringLiteral("the"), QStringLiteral(" cat"), QStringLiteral(" sat") },
            { 1, 0, 0, 0.25F, 0.75F, 0, 0.5F, 0.375F, 0.125F }, false });
        map.resize(260, map.heightForWidth(260));
        QVERIFY(map.focusPolicy() & Qt::TabFocus);
        QCOMPARE(map.accessibleDescription().count(QStringLiteral("“sat” looks at")), 3);
        map.show();
        map.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&map));
        const QImage before = map.grab().toImage();
        map.setFocus();
        QTRY_VERIFY(map.hasFocus());
        const auto said = [&] { return map.accessibleDescription(); };
        QCOMPARE(said(), QStringLiteral("“sat” looks at “the”: 50.0 %"));
        QTest::keyClick(&map, Qt::Key_Right);
        QCOMPARE(said(), QStringLiteral("“sat” looks at “cat”: 37.5 %"));
        QVERIFY(map.grab().toImage() != before);
        QTest::keyClick(&map, Qt::Key_End);
        QCOMPARE(said(), QStringLiteral("“sat” looks at “sat”: 12.5 %"));
        QTest::keyClick(&map, Qt::Key_Up);
        QCOMPARE(said(), QStringLiteral("“cat” looks at “cat”: 75.0 %")); // nothing looks ahead
        QTest::keyClick(&map, Qt::Key_Home);
        QCOMPARE(said(), QStringLiteral("“cat” looks at “the”: 25.0 %"));
        QTest::keyClick(&map, Qt::Key_Left);
        QCOMPARE(said(), QStringLiteral("“cat” looks at “the”: 25.0 %"));
        // The place stays while the numbers change.
        map.set_content({ map.content().tokens, { 1, 0, 0, 1, 0, 0, 1, 0, 0 }, false });
        QCOMPARE(said(), QStringLiteral("“cat” looks at “the”: 100.0 %"));
        map.set_content({ { QStringLiteral("a") }, { 1 }, false });
        QCOMPARE(said(), QStringLiteral("“a” looks at “a”: 100.0 %"));
        map.set_content({});
        QTest::keyClick(&map, Qt::Key_Down);
        QVERIFY(said().isEmpty());
    }

    void the_maps_keys_are_not_the_windows()
    {
        AttentionMap map;
        const auto keeps = [&map](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
            QKeyEvent asks(QEvent::ShortcutOverride, key, modifiers);
            asks.ignore();
            QCoreApplication::sendEvent(&map, &asks);
            return asks.isAccepted();
        };
        for (const Qt::Key key : { Qt::Key_Left, Qt::Key_Right, Qt::Key_Home, Qt::Key_End })
            QVERIFY(keeps(key));
        QVERIFY(!keeps(Qt::Key_Space)); // it plays
        QVERIFY(!keeps(Qt::Key_Right, Qt::ControlModifier));
    }
};

CIRCUITLOOM_UI_TEST(TestAttention, Application::widgets)
#include "tst_attention.moc"
