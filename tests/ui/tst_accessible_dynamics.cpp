// What assistive programs are told of the pictures of the panel Dynamics.
#include "tests/support/ui_test.h"
#include "tests/support/written_circuits.h"
#include "ui/accessibility/painted_widgets.h"
#include "ui/dynamics/alluvial_view.h"
#include "ui/dynamics/dynamics_panel.h"
#include "ui/dynamics/flow_view.h"
#include "ui/dynamics/heat_strip.h"
#include "ui/dynamics/heat_view.h"
#include "ui/dynamics/jaccard_view.h"
#include "ui/dynamics/movement_view.h"
#include "ui/dynamics/turnover_view.h"
#include "ui/dynamics/view_canvas.h"

#include <QAccessible>
#include <QLabel>
#include <QTabBar>
#include <QtTest>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::WrittenCircuits;

namespace {

constexpr int patience = 60'000;

std::vector<Circuit> sample_circuits(int count)
{
    std::vector<Circuit> circuits;
    for (int i = 0; i < count; ++i)
        circuits.push_back(samples::circuit(i / 2, 12)); // every second one changes nothing
    return circuits;
}

/// A panel that shows one of its views, whose data have been read.
template <class View>
View* shown_view(DynamicsPanel& panel, const QSize& size = { 1000, 420 })
{
    panel.resize(size);
    panel.show();
    auto* tabs = panel.findChild<QTabBar*>();
    auto* view = panel.findChild<View*>();
    for (int i = 0; i < tabs->count() && !view->isVisible(); ++i)
        tabs->setCurrentIndex(i);
    auto* line = panel.findChild<QLabel*>(QStringLiteral("dynamicsLine"));
    const bool read = QTest::qWaitFor(
        [&] {
            return line->text().contains(QStringLiteral("iteration"))
                && !line->text().contains(u':');
        },
        patience);
    return read && view->isVisible() ? view : nullptr;
}

std::vector<EvaluationRecord> evaluations(const std::string& suite)
{
    std::vector<EvaluationRecord> records;
    for (int step = 0; step <= 40; step += 10) {
        records.push_back({ step, suite, "accuracy", step < 20 ? 1.0 : 0.25, 100 });
        records.push_back({ step, "unmoved", "accuracy", 0.5, 100 });
    }
    return records;
}

/// Each part says what the pointer is told in its middle, and stands where it is seen.
template <class View>
void check_parts(DynamicsPanel& panel, int least)
{
    auto* view = shown_view<View>(panel);
    QVERIFY(view);
    auto* canvas = view->template findChild<ViewCanvas*>();
    QAccessibleInterface* read = QAccessible::queryAccessibleInterface(canvas);
    QCOMPARE(read->role(), QAccessible::List);
    QTRY_VERIFY_WITH_TIMEOUT(read->childCount() >= least, patience);
    QSignalSpy pointed(view, &DynamicsView::pointed_at);
    for (int part = 0; part < read->childCount(); ++part) {
        QAccessibleInterface* child = read->child(part);
        QVERIFY(!child->text(QAccessible::Name).isEmpty());
        QVERIFY(!child->rect().isEmpty());
        const QPoint middle = child->rect().center();
        if (read->childAt(middle.x(), middle.y()) != child)
            continue; // ribbons run over one another
        QMouseEvent moved(QEvent::MouseMove, canvas->mapFromGlobal(QPointF(middle)),
            QPointF(middle), Qt::NoButton, Qt::NoButton, {});
        QCoreApplication::sendEvent(canvas, &moved);
        const QString said = pointed.last()[0].toString();
        if (!said.isEmpty()) // beside a ribbon that is bent
            QCOMPARE(child->text(QAccessible::Name), said);
    }
    QVERIFY(pointed.size() >= least);
}

} // namespace

class TestAccessibleDynamics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { describe_painted_widgets(); }

    /// A view that is not seen holds what it showed last, which may be of another run.
    void a_hidden_picture_can_be_read_while_another_run_is_shown()
    {
        RunDescription large = samples::description();
        large.shape = { 6, 8, 8, 8 };
        const auto first = static_cast<std::int32_t>(
            ComputationalGraph::count_edges(samples::description().shape, large.graph));
        std::vector<Circuit> circuits;
        for (int i = 0; i < 4; ++i) {
            Circuit& circuit = circuits.emplace_back();
            for (std::int32_t e = 0; e < 6; ++e)
                circuit.push_back({ { first + e + i }, 0.5F });
        }
        WrittenCircuits run(circuits, {}, large);
        const WrittenCircuits other(sample_circuits(21));
        DynamicsPanel panel(run.context);
        auto* heat = shown_view<HeatView>(panel);
        QVERIFY(heat);
        auto* strip = heat->findChild<HeatStrip*>();
        QAccessibleInterface* rows = QAccessible::queryAccessibleInterface(strip);
        QTRY_VERIFY_WITH_TIMEOUT(rows->childCount() >= 6, patience);
        const QString name = rows->child(0)->text(QAccessible::Name);
        auto* turnover = shown_view<TurnoverView>(panel);
        QVERIFY(turnover);
        QAccessibleInterface* bars
            = QAccessible::queryAccessibleInterface(turnover->findChild<ViewCanvas*>());
        QTRY_COMPARE_WITH_TIMEOUT(bars->childCount(), 3, patience);
        QVERIFY(shown_view<JaccardView>(panel));
        run.context.history = other.context.history;
        run.context.shown = other.context.shown;
        Q_EMIT run.context.place_changed();
        QCOMPARE(rows->child(0)->text(QAccessible::Name), name);
        QCOMPARE(bars->childCount(), 3);
        for (int part = 0; part < bars->childCount(); ++part)
            QVERIFY(!bars->child(part)->text(QAccessible::Name).isEmpty());
    }

    void a_picture_is_read_part_by_part()
    {
        WrittenCircuits run(sample_circuits(21), evaluations("was/were"));
        run.context.shown->iteration = 12;
        DynamicsPanel panel(run.context);
        check_parts<TurnoverView>(panel, 20);
        check_parts<JaccardView>(panel, 21);
        check_parts<FlowView>(panel, 4);
        check_parts<MovementView>(panel, 3);
        check_parts<AlluvialView>(panel, 5);
    }
};

CIRCUITLOOM_UI_TEST(TestAccessibleDynamics, Application::widgets)
#include "tst_accessible_dynamics.moc"
