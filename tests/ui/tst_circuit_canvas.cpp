// The view painted by OpenGL behaves as the one painted by QPainter.
#include "tests/support/circuit_samples.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_view.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QTest>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

class CountedPaints : public QObject
{
public:
    int paints = 0;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        paints += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
};

double mean_difference(const QImage& a, const QImage& b)
{
    double sum = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            sum += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y)));
    return sum / (a.width() * a.height());
}

} // namespace

class TestCircuitCanvas : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const ComputationalGraph> graph_ = testing::twelve_layers();
    std::vector<Circuit> circuits_ = testing::two_circuits(*graph_, 100);

    void open(CircuitView& view) const
    {
        view.resize(900, 560);
        CircuitFilter filter;
        filter.strongest = 100;
        view.editor().set_filter(filter);
        view.circuit().set_graph(graph_);
        view.circuit().show(circuits_[0], {}, false);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QString reason;
        if (GlPainter::create(&reason))
            return;
        if (qEnvironmentVariableIsSet("CIRCUITLOOM_TEST_OPENGL"))
            QFAIL(qPrintable(reason));
        QSKIP(qPrintable(reason));
    }

    void it_shows_the_same_with_opengl()
    {
        CircuitView view;
        open(view);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const QImage before = view.grab().toImage();
        QVERIFY(view.use_opengl());
        const QImage after = view.grab().toImage();
        QCOMPARE(after.size(), before.size());
        QVERIFY(mean_difference(before, after) < 1);
        view.circuit().show(circuits_[1], circuits_[0], false);
        QVERIFY(mean_difference(before, view.grab().toImage()) > 1);
    }

    void it_goes_on_in_another_window()
    {
        QMainWindow window;
        auto* dock = new QDockWidget(&window);
        auto* view = new CircuitView(dock);
        open(*view);
        dock->setWidget(view);
        window.addDockWidget(Qt::LeftDockWidgetArea, dock);
        window.resize(1000, 700);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(view->use_opengl());
        const QSize size = view->size();
        dock->setFloating(true);
        QTRY_VERIFY(dock->isWindow() && dock->windowHandle()->isExposed());
        view->resize(size);
        const QImage floating = view->grab().toImage();
        view->setParent(nullptr);
        view->resize(size);
        view->show();
        QVERIFY(QTest::qWaitForWindowExposed(view));
        QVERIFY(mean_difference(floating, view->grab().toImage()) < 0.01);
        delete view;
    }

    void nothing_is_painted_while_nothing_changes()
    {
        CircuitView view;
        open(view);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QVERIFY(view.use_opengl());
        view.circuit().show(circuits_[1], circuits_[0], true);
        QTRY_VERIFY(!view.circuit().motion().running());
        QTest::qWait(200);
        CountedPaints counted;
        view.installEventFilter(&counted);
        QTest::qWait(1000);
        QCOMPARE(counted.paints, 0);
        view.zoom_by(2, view.rect().center());
        QTRY_VERIFY(counted.paints > 0);
    }
};

CIRCUITLOOM_UI_TEST(TestCircuitCanvas, Application::widgets)
#include "tst_circuit_canvas.moc"
