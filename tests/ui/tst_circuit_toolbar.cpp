// The controls above a circuit, and the layout of a run that they ask for.
#include "core/layout/lattice_layout.h"
#include "tests/support/circuit_samples.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_toolbar.h"
#include "ui/circuit/filter_form.h"
#include "ui/circuit/fitting_label.h"
#include "ui/circuit/run_dot_layout.h"
#include "ui/circuit/search_field.h"
#include "ui/circuit/strongest_control.h"

#include <QComboBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

} // namespace

class TestCircuitToolbar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void the_filter_asks_for_a_share_of_the_resamples()
    {
        FilterForm form(nullptr);
        QSignalSpy changed(&form, &FilterForm::changed);
        auto* least = form.findChild<QDoubleSpinBox*>(QStringLiteral("inclusion"));
        QVERIFY(least && !least->accessibleName().isEmpty());
        least->setValue(90);
        QCOMPARE(changed.size(), 1);
        const auto filter = changed[0][0].value<CircuitFilter>();
        QCOMPARE(filter.inclusion, 0.9);
        QVERIFY(FilterForm::filters(filter));
        form.findChild<QPushButton*>(QStringLiteral("reset"))->click();
        QCOMPARE(least->value(), 0.0);
        QCOMPARE(changed.size(), 2);
        QCOMPARE(changed[1][0].value<CircuitFilter>().inclusion, 0.0);
    }

    void it_says_what_is_wanted_and_shows_what_is()
    {
        CircuitToolbar toolbar;
        QSignalSpy colors(&toolbar, &CircuitToolbar::colors_chosen);
        QSignalSpy filters(&toolbar, &CircuitToolbar::filter_changed);
        QSignalSpy layouts(&toolbar, &CircuitToolbar::layout_chosen);
        ViewState state;
        state.colors = ColorChoice::kind;
        state.filter.strongest = 20;
        state.filter.threshold = 0.5;
        state.layout = LayoutChoice::dot;
        toolbar.set_edge_count(50);
        toolbar.set_state(state);
        QVERIFY(colors.isEmpty() && filters.isEmpty() && layouts.isEmpty());
        auto* number = toolbar.findChild<QSpinBox*>(QStringLiteral("strongestNumber"));
        QCOMPARE(number->value(), 20);
        QVERIFY(toolbar.findChild<QPushButton*>(QStringLiteral("dotLayout"))->isChecked());
        QVERIFY(toolbar.findChild<QToolButton*>(QStringLiteral("filter"))->text().contains(u'•'));
        QVERIFY(toolbar.findChild<QToolButton*>(QStringLiteral("showAll"))->isHidden());

        // The control changes nothing but its number.
        toolbar.change_strongest(5);
        QCOMPARE(filters.size(), 1);
        CircuitFilter expected = state.filter;
        expected.strongest = 25;
        QVERIFY(filters[0][0].value<CircuitFilter>() == expected);
        toolbar.findChild<QComboBox*>()->setCurrentIndex(0);
        QCOMPARE(colors[0][0].value<ColorChoice>(), ColorChoice::since_start);
        toolbar.findChild<QPushButton*>(QStringLiteral("latticeLayout"))->click();
        QCOMPARE(layouts[0][0].value<LayoutChoice>(), LayoutChoice::lattice);

        // A choice of more edges than there are outlives them.
        filters.clear();
        toolbar.set_edge_count(7);
        QCOMPARE(number->value(), 7);
        toolbar.set_edge_count(50);
        QCOMPARE(number->value(), 25);
        toolbar.set_state(state);
        QCOMPARE(number->value(), 20);
        toolbar.set_edge_count(7);
        QCOMPARE(number->value(), 7);
        toolbar.set_edge_count(50);
        QCOMPARE(number->value(), 20);
        QVERIFY(filters.isEmpty());
    }

    void the_strongest_can_be_chosen_as_finely_among_a_thousand_as_among_fifty()
    {
        for (const int most : { 1, 2, 19, 50, 1000, 31250 }) {
            const std::vector<int> steps = strongest_steps(most);
            QCOMPARE(steps.front(), 1);
            QCOMPARE(steps.back(), most);
            for (std::size_t i = 1; i < steps.size(); ++i) {
                QVERIFY(steps[i] > steps[i - 1]); // every place of the slider is another number
                QVERIFY(steps[i] - steps[i - 1] <= std::max(1, steps[i - 1] / 10));
            }
            QVERIFY(steps.size() <= 260U);
        }
        StrongestControl control;
        control.set_most(1000);
        QSignalSpy chosen(&control, &StrongestControl::chosen);
        auto* slider = control.findChild<QSlider*>();
        auto* field = control.findChild<QSpinBox*>();
        control.set_number(37);
        QVERIFY(chosen.isEmpty());
        QCOMPARE(field->value(), 37);
        // Half of the slider is far less than half of the edges.
        slider->setValue(slider->maximum() / 2);
        QVERIFY(control.number() < 150);
        QCOMPARE(field->value(), control.number());
        QCOMPARE(chosen.last()[0].toInt(), control.number());
        field->setValue(737);
        QCOMPARE(control.number(), 737);
        QCOMPARE(chosen.size(), 2);
        // A number between two places of the slider stays what it is.
        control.set_most(900);
        QCOMPARE(control.number(), 737);
    }

    void a_label_takes_the_longest_wording_that_fits()
    {
        FittingLabel label;
        const QStringList wordings{ QStringLiteral("a sentence of many words"),
            QStringLiteral("a few words"), QStringLiteral("one") };
        const auto width_of
            = [&](int i) { return label.fontMetrics().horizontalAdvance(wordings[i]); };
        label.resize(width_of(0) + 2, 20);
        label.set_wordings(wordings);
        label.show();
        QCOMPARE(label.text(), wordings[0]);
        label.resize(width_of(1) + 2, 20);
        QTRY_COMPARE(label.text(), wordings[1]);
        label.resize(width_of(2) + 2, 20);
        QTRY_COMPARE(label.text(), wordings[2]);
        QCOMPARE(label.toolTip(), wordings[0]);
        // Where none fits, as much of the last as does.
        label.resize(width_of(2) - 1, 20);
        QTRY_VERIFY(label.text() != wordings[2]);
        QVERIFY(label.text().startsWith(u'o') && label.text().endsWith(QChar(0x2026)));
        QVERIFY(label.fontMetrics().horizontalAdvance(label.text()) <= label.width());
        QCOMPARE(label.toolTip(), wordings[0]);
        label.set_wordings({});
        QVERIFY(label.text().isEmpty());
    }

    void the_summary_says_how_stable_the_circuit_is()
    {
        CircuitToolbar toolbar;
        toolbar.resize(3000, 40);
        toolbar.show();
        auto* summary = toolbar.findChild<FittingLabel*>();
        IterationRecord record;
        record.index = { 7 };
        record.tunable_ratio = 0.25;
        toolbar.set_summary(20, 30, record, CircuitStability{ 0.42, 0.01 });
        summary->resize(2000, summary->height());
        QVERIFY2(summary->text().endsWith(QStringLiteral("· stability 0.42 (random 0.01)")),
            qPrintable(summary->text()));
        QVERIFY(summary->text().startsWith(QStringLiteral("20 of 30 edges, 10 hidden")));
        QVERIFY(summary->toolTip().contains(QStringLiteral("Stability 0.42 of iteration 7")));
        QVERIFY(summary->toolTip().contains(QStringLiteral("resamples")));
        // Of a circuit that was not resampled nothing is said.
        toolbar.set_summary(20, 30, record);
        QVERIFY(!summary->text().contains(QStringLiteral("stability")));
        QVERIFY(!summary->toolTip().contains(QStringLiteral("tability")));
    }

    void a_circuit_that_opened_nothing_is_given_no_share()
    {
        CircuitToolbar toolbar;
        toolbar.resize(3000, 40);
        toolbar.show();
        auto* summary = toolbar.findChild<FittingLabel*>();
        summary->resize(2000, summary->height());
        IterationRecord record;
        record.tunable_ratio = 0.25;
        toolbar.set_summary(20, 20, record);
        QVERIFY2(summary->text().contains(QStringLiteral("25")), qPrintable(summary->text()));
        // However little room there is, no percentage stands without what it is of.
        for (int width = summary->width(); width > 0; width -= 5) {
            summary->resize(width, summary->height());
            QVERIFY2(!summary->text().contains(u'%')
                    || summary->text().contains(QStringLiteral("trainable")),
                qPrintable(summary->text()));
        }
        summary->resize(2000, summary->height());
        // Others trained what was imported or observed: what they opened is not known.
        record.tunable_ratio = 0;
        toolbar.set_summary(20, 20, record);
        QVERIFY2(!summary->text().contains(u'%'), qPrintable(summary->text()));
    }

    void a_search_that_finds_nothing_is_marked_until_something_is_typed()
    {
        SearchField field;
        QSignalSpy searches(&field, &SearchField::search_requested);
        QSignalSpy typed(&field, &SearchField::completions_wanted);
        field.show();
        field.begin();
        QTest::keyClicks(&field, QStringLiteral("a9"));
        QCOMPARE(typed.last()[0].toString(), QStringLiteral("a9"));
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(searches.size(), 1);
        QCOMPARE(searches[0][0].toString(), QStringLiteral("a9"));
        field.show_not_found(QStringLiteral("There is no layer 5."));
        QVERIFY(field.property("invalid").toBool());
        QTest::keyClicks(&field, QStringLiteral("."));
        QVERIFY(!field.property("invalid").toBool());
        field.show_not_found(QStringLiteral("There is no layer 5."));
        field.show_name(QStringLiteral("a2.h5"));
        QVERIFY(!field.property("invalid").toBool());
        QCOMPARE(field.text(), QStringLiteral("a2.h5"));
    }

    void a_field_that_shakes_comes_back_to_its_place()
    {
        QWidget window;
        window.resize(300, 80);
        SearchField field(&window);
        field.move(40, 20);
        window.show();
        const QString why = QStringLiteral("There is no layer 5.");
        field.show_not_found(why);
        auto* shake = field.findChild<QPropertyAnimation*>();
        QVERIFY(shake);
        shake->setCurrentTime(shake->duration() / 5);
        QVERIFY(field.pos() != QPoint(40, 20));
        field.show_not_found(why); // while it stands beside its place
        QTRY_COMPARE(field.findChildren<QPropertyAnimation*>().size(), 0);
        QCOMPARE(field.pos(), QPoint(40, 20));
        field.set_reduced_motion(true);
        field.show_not_found(why);
        QVERIFY(field.findChildren<QPropertyAnimation*>().isEmpty());
    }

    void a_dot_layout_is_asked_for_while_it_is_wanted()
    {
        const auto graph = circuitloom::testing::demo_graph();
        const auto base = std::make_shared<const CircuitLayout>(lattice_layout(*graph));
        const Circuit circuit
            = circuitloom::testing::circuit_of(*graph, { "a3.h4->logits", "input->a3.h4<q>" });
        RunDotLayout layout(QStringLiteral(CIRCUITLOOM_GUI_BINARY));
        QSignalSpy wanted(&layout, &RunDotLayout::edges_wanted);
        QSignalSpy ready(&layout, &RunDotLayout::ready);
        QSignalSpy failed(&layout, &RunDotLayout::failed);
        const CircuitScene scene = scene_of(graph, base, circuit, {}, {});
        const std::vector<EdgeId> edges{ circuit[0].edge, circuit[1].edge };

        // The lattice is shown: the edges are wanted, but Graphviz has nothing to do.
        layout.begin_run();
        layout.show_iteration(0, scene);
        QTRY_COMPARE_WITH_TIMEOUT(wanted.size(), 1, patience);
        layout.set_edges(graph, base, edges);
        layout.edges_changed();
        QTRY_COMPARE_WITH_TIMEOUT(wanted.size(), 2, patience);
        layout.set_edges(graph, base, edges);
        QVERIFY(ready.isEmpty());

        layout.follow(true, first_filter());
        QTRY_COMPARE_WITH_TIMEOUT(wanted.size(), 3, patience);
        layout.set_edges(graph, base, edges);
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patience);
        const auto placed = ready[0][0].value<std::shared_ptr<const CircuitLayout>>();

        // A newer iteration with a node that was not placed has it made anew.
        const Circuit other
            = circuitloom::testing::circuit_of(*graph, { "a1.h1->logits", "input->a1.h1<v>" });
        layout.show_iteration(1, scene_of(graph, placed, circuit, {}, {}));
        layout.show_iteration(2, scene_of(graph, placed, other, {}, {}));
        QTRY_COMPARE_WITH_TIMEOUT(wanted.size(), 4, patience);
        // It takes no answer after it is not wanted any more, and tells that it rests.
        QSignalSpy busy(&layout, &RunDotLayout::busy_changed);
        layout.follow(false, first_filter());
        QCOMPARE(busy.last()[0].toBool(), false);
        layout.set_edges(graph, base, edges);
        QTest::qWait(100);
        QCOMPARE(ready.size(), 1);
        QVERIFY(failed.isEmpty());
    }

    void a_layout_that_takes_long_says_so()
    {
        const auto graph = circuitloom::testing::demo_graph();
        const auto base = std::make_shared<const CircuitLayout>(lattice_layout(*graph));
        RunDotLayout layout(QStringLiteral("/bin/cat"));
        QSignalSpy busy(&layout, &RunDotLayout::busy_changed);
        layout.show_iteration(0, scene_of(graph, base, {}, {}, {}));
        layout.follow(true, first_filter());
        // Nobody answers.
        QTRY_VERIFY_WITH_TIMEOUT(!busy.isEmpty() && busy.last()[0].toBool(), patience);
        layout.follow(false, first_filter());
        QVERIFY(!busy.last()[0].toBool());
    }
};

CIRCUITLOOM_UI_TEST(TestCircuitToolbar, Application::widgets)
#include "tst_circuit_toolbar.moc"
