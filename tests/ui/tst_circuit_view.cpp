#include "tests/support/circuit_samples.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/circuit/search_field.h"

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::circuit_of;
using circuitloom::testing::demo_graph;

class TestCircuitView : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const ComputationalGraph> graph_ = demo_graph();
    Circuit first_ = circuit_of(*graph_, { "a3.h4->logits", "a2.h2->a3.h4<q>", "input->a2.h2<v>" });
    Circuit second_ = circuit_of(*graph_, { "a2.h2->logits", "a3.h4->logits", "input->a2.h2<v>" });

    QPoint place_of(const CircuitView& view, const char* name) const
    {
        const CircuitScene& scene = view.scene();
        const CircuitGeometry geometry(
            *scene.layout, graph_area(view.size(), *scene.layout, {}), view.state().camera);
        for (std::size_t i = 0; i < scene.layout->nodes.size(); ++i)
            if (scene.layout->nodes[i].name == name)
                return geometry.node_rect({ static_cast<int>(i) }).center().toPoint();
        return {};
    }

    void open(CircuitView& view, const Circuit& circuit) const
    {
        view.resize(900, 560);
        view.circuit().set_graph(graph_);
        view.circuit().show(circuit, {}, false);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
    }

private Q_SLOTS:
    void without_animation_it_is_there_at_once()
    {
        CircuitView view;
        open(view, first_);
        view.circuit().show(second_, first_, false);
        QVERIFY(!view.circuit().motion().running());
        QCOMPARE(view.circuit().motion().shown().edges, view.scene().edges);
        QCOMPARE(view.scene().edges.size(), std::size_t(4)); // one of them has left
    }

    void animation_arrives_and_can_be_sent_elsewhere()
    {
        CircuitView view;
        open(view, first_);
        view.circuit().show(second_, first_, true);
        QVERIFY(view.circuit().motion().running());
        QTRY_VERIFY(view.circuit().motion().shown().edges != view.scene().edges);
        const auto seen = view.circuit().motion().shown().edges;
        view.circuit().show(first_, second_, true);
        QCOMPARE(view.circuit().motion().shown().edges, seen);
        QTRY_VERIFY(!view.circuit().motion().running());
        QCOMPARE(view.circuit().motion().shown().edges, view.scene().edges);
    }

    void reduced_motion_and_hiding_end_it()
    {
        CircuitView view;
        open(view, first_);
        view.circuit().show(second_, first_, true);
        view.hide();
        QVERIFY(!view.circuit().motion().running());
        QCOMPARE(view.circuit().motion().shown().edges, view.scene().edges);
        view.show();
        view.set_reduced_motion(true);
        view.circuit().show(first_, second_, true);
        QVERIFY(!view.circuit().motion().running());
        QCOMPARE(view.circuit().motion().shown().edges, view.scene().edges);
    }

    void click_selects_and_escape_clears()
    {
        CircuitView view;
        open(view, first_);
        QSignalSpy names(&view.circuit(), &ViewedCircuit::selection_changed);
        QTest::mouseClick(&view, Qt::LeftButton, {}, place_of(view, "a2.h2"));
        QCOMPARE(names.takeFirst().at(0).toString(), QStringLiteral("a2.h2"));
        QTest::keyClick(&view, Qt::Key_Escape);
        QCOMPARE(names.takeFirst().at(0).toString(), QString());
        QVERIFY(view.state().selection.empty());
    }

    void hovering_tells_name_and_degree()
    {
        CircuitView view;
        open(view, first_);
        QTest::mouseMove(&view, QPoint(3, 3));
        QTRY_COMPARE(view.cursor().shape(), Qt::ArrowCursor);
        const QImage before = view.grab().toImage();
        const QPoint at = place_of(view, "a2.h2");
        QTest::mouseMove(&view, at);
        QTRY_COMPARE(view.cursor().shape(), Qt::PointingHandCursor);
        QVERIFY(view.grab().toImage() != before);
        const HoverCard card = view.card_of(*view.item_at(at));
        QCOMPARE(card.title, QStringLiteral("a2.h2"));
        QVERIFY(card.subtitle.contains(QStringLiteral("1 in, 1 out")));
    }

    void arrows_walk_through_the_circuit_and_tab_leaves_it()
    {
        CircuitView view;
        open(view, first_);
        QSignalSpy names(&view.circuit(), &ViewedCircuit::selection_changed);
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(&view, Qt::Key_Up);
        QStringList walked;
        for (const auto& call : names)
            walked << call.at(0).toString();
        QCOMPARE(walked.join(u' '), QStringLiteral("input a2.h2 a3.h4 logits"));
        QTest::keyClick(&view, Qt::Key_Up); // no further
        QCOMPARE(names.size(), 4);
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(names.last().at(0).toString(), QStringLiteral("a3.h4"));
        QTest::keyClick(&view, Qt::Key_Tab);
        QTest::keyClick(&view, Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(names.size(), 5);
    }

    void left_and_right_belong_to_the_timeline_until_the_keyboard_is_used()
    {
        CircuitView view;
        open(view, first_);
        const auto wants = [&view](Qt::Key key) {
            QKeyEvent event(QEvent::ShortcutOverride, key, Qt::NoModifier);
            event.ignore();
            QCoreApplication::sendEvent(&view, &event);
            return event.isAccepted();
        };
        QTest::mouseClick(&view, Qt::LeftButton, {}, place_of(view, "a2.h2"));
        QVERIFY(!wants(Qt::Key_Right));
        QVERIFY(wants(Qt::Key_Up));
        QTest::keyClick(&view, Qt::Key_Up);
        QVERIFY(wants(Qt::Key_Right));
        QTest::mouseClick(&view, Qt::LeftButton, {}, place_of(view, "a2.h2"));
        QVERIFY(!wants(Qt::Key_Right));
    }

    void zoom_keeps_what_is_under_the_pointer()
    {
        CircuitView view;
        open(view, first_);
        const QPoint before = place_of(view, "a2.h2");
        QWheelEvent wheel(before, view.mapToGlobal(before), {}, { 0, 240 }, Qt::NoButton,
            Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &wheel);
        QVERIFY(view.state().camera.zoom > 1.2);
        QVERIFY((place_of(view, "a2.h2") - before).manhattanLength() <= 2);
        QTest::keyClick(&view, Qt::Key_F);
        QVERIFY(view.state().camera == CircuitCamera{});
        QTest::keyClick(&view, Qt::Key_Plus);
        QVERIFY(view.state().camera.zoom > 1);
        QTest::keyClick(&view, Qt::Key_Minus);
        QVERIFY(std::abs(view.state().camera.zoom - 1) < 1e-9);
    }

    void drag_pans_and_does_not_select()
    {
        CircuitView view;
        open(view, first_);
        const QPoint from = place_of(view, "a2.h2");
        QTest::mousePress(&view, Qt::LeftButton, {}, from);
        QTest::mouseMove(&view, from + QPoint(60, 30));
        QTest::mouseRelease(&view, Qt::LeftButton, {}, from + QPoint(60, 30));
        QCOMPARE(view.state().camera.pan, QPointF(60, 30));
        QVERIFY(view.state().selection.empty());
    }

    void names_are_found()
    {
        CircuitView view;
        open(view, first_);
        QVERIFY(view.circuit().select_named(QStringLiteral(" A3.h4 ")));
        QCOMPARE(
            view.state().selection.nodes.size(), std::size_t(4)); // the head with its q, k and v
        QVERIFY(view.circuit().select_named(QStringLiteral("a3.h4->logits")));
        QVERIFY(
            view.state().selection == (GraphChoice{ {}, { *graph_->find_edge("a3.h4->logits") } }));
        QVERIFY(!view.circuit().select_named(QStringLiteral("a9.h9")));
    }

    void a_new_graph_forgets_everything()
    {
        CircuitView view;
        open(view, first_);
        view.circuit().select_named(QStringLiteral("a3.h4"));
        view.circuit().set_graph(nullptr);
        QVERIFY(view.state().selection.empty());
        QVERIFY(view.scene().edges.empty());
        QVERIFY(!view.circuit().select_named(QStringLiteral("a3.h4")));
        view.set_placeholder(QStringLiteral("Nothing here"));
        QVERIFY(!view.grab().isNull());
    }

    void the_panel_says_how_much_is_shown()
    {
        CircuitPanel panel;
        panel.resize(1600, 600); // room for all words
        panel.set_graph(graph_);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        IterationRecord record;
        record.tunable_ratio = 0.12;
        panel.show_iteration({ record, first_, {}, {}, {}, {}, {} }, false);
        const auto says = [&](const QString& text) {
            const auto labels = panel.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                [&](const QLabel* label) { return label->text().startsWith(text); });
        };
        QVERIFY(says(QStringLiteral("3 of 3 edges · 12 % of parameters trainable")));
        panel.findChild<QSlider*>(QStringLiteral("strongestSlider"))->setValue(1); // its second place: two edges
        QVERIFY(says(QStringLiteral("2 of 3 edges, 1 hidden")));
        QCOMPARE(panel.view()->scene().edges.size(), std::size_t(2));

        // The choice outlives an iteration with fewer edges.
        panel.show_iteration({ record, { first_.front() }, {}, {}, {}, {}, {} }, false);
        QVERIFY(says(QStringLiteral("1 of 1 edges")));
        panel.show_iteration({ record, second_, {}, {}, {}, {}, {} }, false);
        QVERIFY(says(QStringLiteral("2 of 3 edges")));
    }

    void searching_selects_or_turns_red()
    {
        CircuitPanel panel;
        panel.set_graph(graph_);
        panel.show_iteration({ {}, first_, {}, {}, {}, {}, {} }, false);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* search = panel.findChild<SearchField*>();
        search->setText(QStringLiteral("nonsense"));
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(search->property("invalid").toBool());
        QVERIFY(panel.view()->state().selection.empty());
        search->setText(QStringLiteral("a2.h2"));
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(!search->property("invalid").toBool());
        QVERIFY(!panel.view()->state().selection.empty());
        panel.clear(QStringLiteral("Nothing"));
        QVERIFY(search->text().isEmpty());
    }
};

CIRCUITLOOM_UI_TEST(TestCircuitView, Application::widgets)
#include "tst_circuit_view.moc"
