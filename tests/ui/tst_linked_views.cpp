// Two circuit views of which the second is kept at what the first one shows.
#include "tests/support/circuit_samples.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_view.h"
#include "ui/difference/linked_views.h"

#include <QTest>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::circuit_of;
using circuitloom::testing::demo_graph;

namespace {

GraphChoice node_named(const CircuitView& view, const char* name)
{
    return { { *view.scene().graph->find_node(*parse_node_name(name, true)) }, {} };
}

} // namespace

class TestLinkedViews : public QObject
{
    Q_OBJECT

private:
    struct Pair
    {
        explicit Pair(const std::shared_ptr<const ComputationalGraph>& of_second = demo_graph())
            : links(first, second)
        {
            const auto graph = demo_graph();
            for (CircuitView* view : { &first, &second }) {
                view->resize(700, 400);
                view->set_reduced_motion(true);
            }
            first.circuit().set_graph(graph);
            first.circuit().show(
                circuit_of(*graph, { "a3.h4->logits", "a2.h2->a3.h4<q>" }), {}, false);
            links.set_linked(true);
            links.set_second_graph(of_second);
            second.circuit().show(
                circuit_of(*of_second, { "a3.h4->logits", "a2.h2->a3.h4<q>" }), {}, false);
            second.show();
        }

        CircuitView first;
        CircuitView second;
        LinkedViews links;
    };

private Q_SLOTS:
    void what_is_done_in_the_second_lasts_in_both()
    {
        Pair both;
        const GraphChoice head = node_named(both.second, "a3.h4");
        both.second.editor().select(head);
        QTest::keyClick(&both.second, Qt::Key_P);
        QTest::keyClick(&both.second, Qt::Key_Delete);
        QTest::keyClick(&both.second, Qt::Key_Return);
        both.second.editor().group("two", { "a3.h4", "a2.h2" });
        both.second.editor().fold_layer(1, true);
        for (CircuitView* view : { &both.first, &both.second }) {
            QVERIFY(view->state().pinned == head);
            QVERIFY(view->state().switched_off == head);
            QVERIFY(view->state().isolated == head);
            QCOMPARE(view->state().folding.supernodes.size(), std::size_t(1));
            QVERIFY(view->state().folding.layers.contains(1));
        }
        QTest::keyClick(&both.second, Qt::Key_H);
        // The first one's next change takes nothing of it away.
        both.first.zoom_by(1.5, both.first.rect().center());
        for (CircuitView* view : { &both.first, &both.second }) {
            QVERIFY(view->state().hidden == head);
            QVERIFY(view->state().pinned == head);
            QVERIFY(view->state().selection.empty());
        }
    }

    void undo_in_the_second_is_that_of_the_first()
    {
        Pair both;
        const GraphChoice head = node_named(both.second, "a3.h4");
        both.second.editor().select(head);
        QTest::keyClick(&both.second, Qt::Key_H);
        QVERIFY(both.first.state().hidden == head);
        QTest::keySequence(&both.second, QKeySequence::Undo);
        QVERIFY(both.first.state().hidden.empty() && both.second.state().hidden.empty());
        QVERIFY(both.second.state().selection == head);
        QTest::keySequence(&both.second, QKeySequence::Redo);
        QVERIFY(both.first.state().hidden == head && both.second.state().hidden == head);
        QTest::keySequence(&both.first, QKeySequence::Undo);
        QVERIFY(both.second.state().hidden.empty());
    }

    void what_the_first_ones_graph_lacks_stays_chosen_in_the_second()
    {
        const auto larger = std::make_shared<const ComputationalGraph>(
            GraphShape{ 5, 8, 8, 512 }, GraphOptions{ GraphKind::full, 32 });
        Pair both(larger);
        const GraphChoice beyond = node_named(both.second, "a4.h1");
        both.second.editor().hide(beyond);
        QVERIFY(both.second.state().hidden == beyond);
        both.first.zoom_by(1.5, both.first.rect().center());
        QVERIFY(both.second.state().hidden == beyond);
        // Another choice of the first one is that of both.
        both.first.editor().hide(node_named(both.first, "a3.h4"));
        QVERIFY(both.second.state().hidden == node_named(both.second, "a3.h4"));
    }
};

CIRCUITLOOM_UI_TEST(TestLinkedViews, Application::widgets)
#include "tst_linked_views.moc"
