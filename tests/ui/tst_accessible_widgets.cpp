#include "tests/support/circuit_samples.h"
#include "tests/support/ui_test.h"
#include "ui/accessibility/painted_widgets.h"
#include "ui/circuit/circuit_view.h"
#include "ui/curves/plot_widget.h"
#include "ui/dynamics/heat_strip.h"
#include "ui/inspector/attention_map.h"
#include "ui/timeline/timeline_track.h"
#include "ui/transfer/matrix_view.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::circuit_of;
using circuitloom::testing::demo_graph;

namespace {

QAccessibleInterface* interface_of(QObject& object)
{
    return QAccessible::queryAccessibleInterface(&object);
}

QAccessibleInterface* node_of(QAccessibleInterface& circuit, const char* name)
{
    for (int i = 0; i < circuit.childCount(); ++i)
        if (circuit.child(i)->text(QAccessible::Name) == QLatin1String(name))
            return circuit.child(i);
    return nullptr;
}

} // namespace

/// What assistive programs are told of the widgets that are painted by ourselves.
class TestAccessibleWidgets : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const ComputationalGraph> graph_ = demo_graph();
    Circuit circuit_
        = circuit_of(*graph_, { "a3.h4->logits", "a2.h2->a3.h4<q>", "input->a2.h2<v>" });

    void open(CircuitView& view) const
    {
        view.resize(900, 560);
        view.circuit().set_graph(graph_);
        view.circuit().show(circuit_, {}, false);
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        view.setFocus();
    }

private Q_SLOTS:
    void initTestCase() { describe_painted_widgets(); }

    void an_attention_map_lists_its_squares()
    {
        AttentionMap map;
        map.set_content({ { QStringLiteral("the"), QStringLiteral("cat"), QStringLiteral("sits") },
            { 1, 0, 0, 0.25F, 0.75F, 0, 0.5F, 0.125F, 0.375F } });
        map.resize(300, 300);
        QAccessibleInterface* read = interface_of(map);
        QCOMPARE(read->childCount(), 6);
        const QString third = read->child(2)->text(QAccessible::Name);
        QVERIFY2(third.contains(QStringLiteral("75.0 %")), qPrintable(third));
        for (int i = 0; i < 6; ++i) {
            const QRect place = read->child(i)->rect();
            QCOMPARE(map.text_at(map.mapFromGlobal(place.center())),
                read->child(i)->text(QAccessible::Name));
            QCOMPARE(read->childAt(place.center().x(), place.center().y()), read->child(i));
        }
        QAccessibleInterface* last = read->child(5);
        map.set_content({ { QStringLiteral("the") }, { 1 } });
        QCOMPARE(read->childCount(), 1);
        QVERIFY(!last->isValid());
    }

    void a_matrix_lists_its_cells()
    {
        MatrixView matrix;
        matrix.set_content({ QStringLiteral("m"), { QStringLiteral("0"), QStringLiteral("4") },
            { QStringLiteral("0"), QStringLiteral("2"), QStringLiteral("4") },
            std::vector<std::optional<double>>(6, 0.5), 1,
            [](std::size_t row, std::size_t column) {
                return QStringLiteral("%1 %2").arg(row).arg(column);
            } });
        matrix.resize(300, 300);
        QAccessibleInterface* read = interface_of(matrix);
        QCOMPARE(read->childCount(), 6);
        QCOMPARE(read->child(5)->text(QAccessible::Name), QStringLiteral("1 2"));
        const QRect place = read->child(4)->rect();
        QVERIFY(matrix.cell_at(matrix.mapFromGlobal(place.center()))
            == std::pair(std::size_t{ 1 }, std::size_t{ 1 }));
    }

    void a_heat_strip_lists_its_rows()
    {
        HeatStrip strip;
        QCOMPARE(interface_of(strip)->childCount(), 0);
        std::vector<Circuit> circuits(2);
        circuits[0].push_back({ { 3 }, 0.5F });
        circuits[1].push_back({ { 3 }, -0.75F });
        const ScoreBlocks blocks{ std::make_shared<const ScoreBlock>(
            ScoreBlock::of_edges(0, circuits)) };
        strip.set_rows(score_rows(blocks), blocks,
            [](std::int32_t row) { return QStringLiteral("edge %1").arg(row); });
        QAccessibleInterface* read = interface_of(strip);
        QCOMPARE(read->childCount(), 1);
        const QString said = read->child(0)->text(QAccessible::Name);
        QVERIFY2(said.contains(QStringLiteral("0.7500")) && said.startsWith(QStringLiteral("edge")),
            qPrintable(said));
    }

    void a_circuit_lists_every_node_that_is_drawn()
    {
        CircuitView view;
        QCOMPARE(interface_of(view)->childCount(), 0);
        open(view);
        QAccessibleInterface* circuit = interface_of(view);
        const auto& nodes = view.scene().layout->nodes;
        QCOMPARE(circuit->childCount(), static_cast<int>(nodes.size()));
        for (int i = 0; i < circuit->childCount(); ++i) {
            QAccessibleInterface* node = circuit->child(i);
            QVERIFY(node && node->isValid());
            QCOMPARE(node->text(QAccessible::Name).toStdString(),
                nodes[static_cast<std::size_t>(i)].name);
            QCOMPARE(circuit->child(i), node); // the same one again
            QCOMPARE(circuit->indexOfChild(node), i);
            QCOMPARE(node->parent(), circuit);
            QCOMPARE(node->role(), QAccessible::ListItem);
        }
        QVERIFY(!circuit->child(-1));
        QVERIFY(!circuit->child(circuit->childCount()));
    }

    void a_node_says_whether_it_is_in_the_circuit()
    {
        CircuitView view;
        open(view);
        QAccessibleInterface* circuit = interface_of(view);
        const auto said = [&](const char* name) {
            return node_of(*circuit, name)->text(QAccessible::Description);
        };
        for (const char* inside : { "a3.h4", "a2.h2", "input", "logits" })
            QVERIFY2(said(inside).startsWith(QStringLiteral("in the circuit")),
                qPrintable(said(inside)));
        QVERIFY(said("a0.h1").startsWith(QStringLiteral("not in the circuit")));
        QVERIFY2(said("a2.h2").contains(QStringLiteral("1 in, 1 out")), qPrintable(said("a2.h2")));
    }

    void a_node_is_where_it_is_drawn()
    {
        CircuitView view;
        open(view);
        QAccessibleInterface* circuit = interface_of(view);
        QAccessibleInterface* node = node_of(*circuit, "a2.h2");
        const QPoint middle = node->rect().center();
        QVERIFY(circuit->rect().contains(node->rect()));
        QCOMPARE(circuit->childAt(middle.x(), middle.y()), node);
    }

    void pressing_a_node_selects_it()
    {
        CircuitView view;
        open(view);
        QAccessibleInterface* circuit = interface_of(view);
        QAccessibleInterface* node = node_of(*circuit, "a2.h2");
        QAccessibleInterface* other = node_of(*circuit, "a3.h4");
        QVERIFY(!node->state().selected);
        QVERIFY(!circuit->focusChild());
        node->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QVERIFY(node->state().selected);
        QVERIFY(!other->state().selected);
        QCOMPARE(circuit->focusChild(), node);
    }

    void the_arrows_tell_which_node_they_reached()
    {
        CircuitView view;
        open(view);
        QTest::keyClick(&view, Qt::Key_Up);
        QAccessibleInterface* reached = interface_of(view)->focusChild();
        QVERIFY(reached);
        QCOMPARE(reached->text(QAccessible::Name), QStringLiteral("input"));
    }

    void a_node_ends_with_its_layout()
    {
        CircuitView view;
        open(view);
        QAccessibleInterface* node = interface_of(view)->child(3);
        view.circuit().set_graph(nullptr);
        QVERIFY(!node->isValid());
        QVERIFY(node->text(QAccessible::Name).isEmpty());
        QVERIFY(node->state().invalid);
    }

    void the_timeline_is_a_value_with_words()
    {
        TimelineTrack track;
        QAccessibleInterface* timeline = interface_of(track);
        QCOMPARE(timeline->role(), QAccessible::Slider);
        QCOMPARE(timeline->text(QAccessible::Name), QStringLiteral("Timeline"));
        QCOMPARE(timeline->text(QAccessible::Value), QStringLiteral("no iterations yet"));
        TimelineMarks marks;
        marks.steps = { 0, 5, 10, 15 };
        track.set_marks(marks);
        track.resize(400, 40);
        track.set_position(2);
        QAccessibleValueInterface* value = timeline->valueInterface();
        QVERIFY(value);
        QCOMPARE(value->minimumValue().toInt(), 0);
        QCOMPARE(value->maximumValue().toInt(), 3);
        QCOMPARE(value->currentValue().toInt(), 2);
        QCOMPARE(timeline->text(QAccessible::Value), QStringLiteral("iteration 2 of 3, step 10"));
    }

    void the_timeline_tells_where_it_is_and_can_be_sent_elsewhere()
    {
        TimelineTrack track;
        TimelineMarks marks;
        marks.steps = { 0, 5, 10, 15 };
        track.set_marks(marks);
        track.resize(400, 40);
        track.set_position(0);
        track.set_position(1.5); // on the way: still iteration 1
        QCOMPARE(interface_of(track)->valueInterface()->currentValue().toInt(), 1);
        const QSignalSpy scrubbed(&track, &TimelineTrack::scrubbed);
        interface_of(track)->valueInterface()->setCurrentValue(3);
        interface_of(track)->valueInterface()->setCurrentValue(99);
        interface_of(track)->valueInterface()->setCurrentValue(QStringLiteral("soon"));
        QCOMPARE(scrubbed.size(), 2);
        QCOMPARE(scrubbed[0][0].toInt(), 3);
        QCOMPARE(scrubbed[1][0].toInt(), 3);
    }

    void a_plot_lists_its_lines_with_their_values_at_the_cursor()
    {
        PlotWidget plot;
        PlotContent content;
        content.title = QStringLiteral("Loss");
        content.unit = QStringLiteral("nats");
        content.last_step = 10;
        content.lines.resize(2);
        content.lines[0].name = QStringLiteral("batch");
        content.lines[0].points = { { 0, 4 }, { 10, 2 } };
        content.lines[1].name = QStringLiteral("held out");
        content.lines[1].points = { { 5, 7 }, { 10, 6 } };
        plot.set_content(content);
        plot.resize(400, 300);
        QAccessibleInterface* read = interface_of(plot);
        QCOMPARE(read->text(QAccessible::Name), QStringLiteral("Loss"));
        QCOMPARE(read->childCount(), 2);
        const auto value = [&](int line) {
            return read->child(line)->text(QAccessible::Value);
        };
        QCOMPARE(read->child(0)->text(QAccessible::Name), QStringLiteral("batch"));
        QCOMPARE(read->indexOfChild(read->child(1)), 1);
        QCOMPARE(read->child(1)->parent(), read);
        QVERIFY2(value(0).startsWith(u'2') && value(0).endsWith(QStringLiteral(" nats")),
            qPrintable(value(0))); // its end
        plot.set_cursor(0);
        QVERIFY2(value(0).startsWith(u'4'), qPrintable(value(0)));
        QVERIFY(value(1).isEmpty()); // has not begun there
        QVERIFY(read->text(QAccessible::Value).contains(u'0'));
        QAccessibleInterface* second = read->child(1);
        content.lines.resize(1);
        plot.set_content(content);
        QVERIFY(!second->isValid());
    }
};

CIRCUITLOOM_UI_TEST(TestAccessibleWidgets, Application::widgets)
#include "tst_accessible_widgets.moc"
