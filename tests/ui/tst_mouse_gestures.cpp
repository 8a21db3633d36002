// What the pointer does on a widget, and where a camera goes by it.
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_camera.h"
#include "ui/circuit/mouse_gestures.h"

#include <QApplication>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <QWidget>

using namespace circuitloom::ui;

class TestMouseGestures : public QObject
{
    Q_OBJECT

private:
    static void move(QWidget& widget, const QPointF& at, Qt::KeyboardModifiers modifiers = {})
    {
        QMouseEvent event(
            QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(&widget, &event);
    }

private Q_SLOTS:
    void a_click_is_where_the_button_goes_down_and_up()
    {
        QWidget widget;
        widget.resize(200, 200);
        const MouseGestures mouse(&widget);
        QSignalSpy clicks(&mouse, &MouseGestures::clicked);
        QSignalSpy pans(&mouse, &MouseGestures::panned);
        QTest::mouseClick(&widget, Qt::LeftButton, {}, { 30, 40 });
        QTest::mouseClick(&widget, Qt::LeftButton, Qt::ControlModifier, { 31, 41 });
        QTest::mouseClick(&widget, Qt::RightButton, {}, { 32, 42 });
        QCOMPARE(clicks.size(), 2);
        QCOMPARE(clicks[0], (QVariantList{ QPointF(30, 40), false }));
        QCOMPARE(clicks[1], (QVariantList{ QPointF(31, 41), true }));
        // A hand that trembles still clicks.
        QTest::mousePress(&widget, Qt::LeftButton, {}, { 30, 40 });
        move(widget, { 30.0 + QApplication::startDragDistance() - 1, 40 });
        QTest::mouseRelease(&widget, Qt::LeftButton, {}, { 31, 40 });
        QCOMPARE(clicks.size(), 3);
        QVERIFY(pans.isEmpty());
        QSignalSpy doubles(&mouse, &MouseGestures::double_clicked);
        QTest::mouseDClick(&widget, Qt::LeftButton, {}, { 5, 6 });
        QCOMPARE(doubles.size(), 1);
    }

    void a_drag_pans_by_all_of_its_way()
    {
        QWidget widget;
        widget.resize(200, 200);
        const MouseGestures mouse(&widget);
        QSignalSpy clicks(&mouse, &MouseGestures::clicked);
        QSignalSpy begins(&mouse, &MouseGestures::drag_began);
        QPointF panned;
        connect(&mouse, &MouseGestures::panned, this, [&](const QPointF& by) { panned += by; });
        QTest::mousePress(&widget, Qt::LeftButton, {}, { 10, 10 });
        move(widget, { 40, 10 });
        move(widget, { 40, 70 });
        QVERIFY(!mouse.band());
        QTest::mouseRelease(&widget, Qt::LeftButton, {}, { 40, 70 });
        QCOMPARE(panned, QPointF(30, 60));
        QCOMPARE(begins.size(), 1);
        QVERIFY(clicks.isEmpty());
        QSignalSpy points(&mouse, &MouseGestures::pointed);
        move(widget, { 50, 70 });
        QCOMPARE(points.size(), 1);
        QCOMPARE(panned, QPointF(30, 60));
    }

    void with_shift_it_draws_a_rectangle()
    {
        QWidget widget;
        widget.resize(200, 200);
        const MouseGestures mouse(&widget);
        QSignalSpy pans(&mouse, &MouseGestures::panned);
        QSignalSpy bands(&mouse, &MouseGestures::band_selected);
        QTest::mousePress(&widget, Qt::LeftButton, Qt::ShiftModifier, { 100, 100 });
        move(widget, { 60, 100 }, Qt::ShiftModifier);
        move(widget, { 60, 150 }, Qt::ShiftModifier);
        QVERIFY(mouse.band());
        QTest::mouseRelease(&widget, Qt::LeftButton, Qt::ShiftModifier, { 60, 150 });
        QVERIFY(!mouse.band());
        QVERIFY(pans.isEmpty());
        QCOMPARE(bands.size(), 1);
        QCOMPARE(bands[0][0].toRectF(), QRectF(60, 100, 40, 50));
    }

    void the_wheel_zooms_around_the_pointer()
    {
        QWidget widget;
        const MouseGestures mouse(&widget);
        QSignalSpy zooms(&mouse, &MouseGestures::zoomed);
        const auto turn = [&](int angle) {
            QWheelEvent wheel({ 12, 34 }, widget.mapToGlobal(QPointF(12, 34)), {}, { 0, angle },
                Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(&widget, &wheel);
        };
        turn(120);
        turn(0);
        turn(-120);
        QCOMPARE(zooms.size(), 2);
        QVERIFY(zooms[0][0].toDouble() > 1.1);
        QCOMPARE(zooms[0][1].toPointF(), QPointF(12, 34));
        QCOMPARE(zooms[0][0].toDouble() * zooms[1][0].toDouble(), 1.0);
    }

    void a_camera_keeps_what_it_zooms_around()
    {
        const QRectF area(10, 10, 380, 280);
        const QPointF around(90, 200);
        // Where a point of the graph, given from the area's middle at zoom 1, is seen.
        const auto seen = [&](const CircuitCamera& camera, const QPointF& point) {
            return area.center() + camera.pan + point * camera.zoom;
        };
        const CircuitCamera before{ 1.5, { 20, -30 } };
        const QPointF point = (around - area.center() - before.pan) / before.zoom;
        const CircuitCamera after = zoomed(before, 2, around, area);
        QCOMPARE(after.zoom, 3.0);
        QCOMPARE(seen(after, point), around);
        QVERIFY(zoomed(after, 1000, around, area).zoom < 100);
        QVERIFY(zoomed(after, 0.0001, around, area).zoom > 0.1);

        const QRectF wanted(200, 100, 40, 20);
        const CircuitCamera to = zoomed_to(before, wanted, area);
        QVERIFY(to.zoom > before.zoom);
        const QPointF middle = (wanted.center() - area.center() - before.pan) / before.zoom;
        QCOMPARE(seen(to, middle), area.center());

        // Dragged far away, a corner of the graph is still there.
        const CircuitCamera lost = within_sight({ 2, { 9000, -9000 } }, { 400, 300 });
        QCOMPARE(lost.pan, QPointF(400, -300));
        QCOMPARE(within_sight(before, { 400, 300 }), before);
    }
};

CIRCUITLOOM_UI_TEST(TestMouseGestures, Application::widgets)
#include "tst_mouse_gestures.moc"
