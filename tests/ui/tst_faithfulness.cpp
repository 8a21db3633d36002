// The panel that computes f(k) of an iteration.
#include "core/analysis/faithfulness_area.h"
#include "tests/support/fake_panel_context.h"
#include "tests/support/ui_test.h"
#include "ui/faithfulness/faithfulness_chart.h"
#include "ui/faithfulness/faithfulness_panel.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QtTest>

#include <set>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakePanelContext;

namespace {

const QString asker = QStringLiteral("faithfulness");
constexpr int circuit = 30;

/// A window that shows iteration 3 of a run whose circuits have 30 edges.
void show_run(FakePanelContext& context)
{
    context.history.emplace();
    context.history->config.task = "demo/disagreement";
    for (int i = 0; i < 6; ++i) {
        IterationRecord record;
        record.index = { i };
        record.step = 2 * i;
        record.edges = circuit;
        context.history->iterations.push_back(record);
    }
    context.go_to(3);
    context.shown->graph = std::make_shared<ComputationalGraph>(
        GraphShape{ 4, 8, 8, 512, false }, GraphOptions{ GraphKind::full, 32 });
}

int edges_of(const FakePanelContext& context)
{
    return static_cast<int>(context.shown->graph->edges().size());
}

const FaithfulnessQuestion& asked(const FakePanelContext& context)
{
    return std::get<FaithfulnessQuestion>(context.open.at(asker).question);
}

/// f is the share of the edges kept; random circuits have a quarter and three quarters of that.
FaithfulnessAnswer answer_to(const FaithfulnessQuestion& question, int edges)
{
    FaithfulnessAnswer answer;
    answer.model.step = 6;
    answer.edges = edges;
    answer.circuit = circuit;
    answer.whole = 2;
    answer.examples = 50;
    for (const int size : question.sizes) {
        const double f = static_cast<double>(size) / edges;
        answer.sizes.push_back({ size, size, 2 * f, f, { f / 4, 3 * f / 4 } });
    }
    answer.ranking = std::make_shared<EdgeRanking>(static_cast<std::size_t>(edges));
    return answer;
}

void answer_all(FakePanelContext& context)
{
    while (context.open.contains(asker))
        context.answer(asker, answer_to(asked(context), edges_of(context)));
}

} // namespace

class TestFaithfulness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void the_circuits_own_size_comes_first_and_every_share_once()
    {
        for (const std::int64_t edges : { 40, 1701, 1'000'000 })
            for (const int own : { 0, 17, 30 }) {
                const auto rounds = rounds_of_sizes(edges, own);
                if (own > 0)
                    QCOMPARE(rounds.front(), std::vector{ own });
                std::multiset<int> found;
                for (const std::vector<int>& round : rounds)
                    found.insert(round.begin(), round.end());
                std::set<int> expected{ own };
                if (own == 0)
                    expected.clear();
                for (const int size : sizes_of_shares(edges))
                    expected.insert(size);
                QCOMPARE(std::vector<int>(found.begin(), found.end()),
                    std::vector<int>(expected.begin(), expected.end()));
            }
    }

    void nothing_is_computed_until_it_is_asked_for_and_then_coarse_to_fine()
    {
        FakePanelContext context;
        show_run(context);
        FaithfulnessPanel panel(context);
        panel.show();
        QTest::qWait(0);
        QCOMPARE(context.asked, 0);
        for (const char* name : { "faithfulnessAreas", "faithfulnessSource", "faithfulnessPointed" })
            QVERIFY2(panel.findChild<QLabel*>(QString::fromLatin1(name))->text().isEmpty(), name);
        auto* button = panel.findChild<QPushButton*>(QStringLiteral("faithfulnessButton"));
        auto* state = panel.findChild<QLabel*>(QStringLiteral("faithfulnessState"));
        auto* source = panel.findChild<QLabel*>(QStringLiteral("faithfulnessSource"));
        auto* figures = panel.findChild<QTableWidget*>(QStringLiteral("faithfulnessFigures"));
        QVERIFY(button->text().contains(QStringLiteral("iteration 3")));
        button->click();
        QCOMPARE(asked(context).sizes, std::vector{ circuit });
        QCOMPARE(asked(context).model.number, 3);
        QVERIFY(asked(context).model.kind == RunMoment::Kind::iteration);
        QCOMPARE(asked(context).random_draws, 5);
        QVERIFY(!asked(context).ranking);
        context.open.at(asker).handlers.progressed(QStringLiteral("running circuits"), 4, 24);
        QVERIFY(state->text().contains(QStringLiteral("running circuits (4 of 24)")));
        const FaithfulnessAnswer first = answer_to(asked(context), edges_of(context));
        context.answer(asker, first);
        // What is known is seen while the rest is computed, from the same ranking.
        QCOMPARE(figures->rowCount(), 1);
        QCOMPARE(figures->item(0, 0)->text(), QString::number(circuit));
        QVERIFY(figures->item(0, 0)->font().bold());
        QVERIFY(figures->item(0, 2)->text().contains(QStringLiteral("±")));
        QVERIFY(asked(context).ranking == first.ranking);
        QVERIFY2(source->text().contains(QStringLiteral("Iteration 3, after step 6"))
                && source->text().contains(QStringLiteral("50 examples of demo/disagreement")),
            qPrintable(source->text()));
        answer_all(context);
        std::set<int> expected{ circuit };
        for (const int size : sizes_of_shares(edges_of(context)))
            expected.insert(size);
        QCOMPARE(figures->rowCount(), static_cast<int>(expected.size()));
        int row = 0;
        for (const int size : expected) // sorted
            QCOMPARE(figures->item(row++, 0)->text(), QString::number(size));
        QCOMPARE(button->text(), QStringLiteral("Compute again"));
        // f rises in a straight line from the first share of which an edge is left to the whole.
        auto* areas = panel.findChild<QLabel*>(QStringLiteral("faithfulnessAreas"));
        QVERIFY2(areas->text().contains(QStringLiteral("CPR: 0.500 (random 0.250 ± ")),
            qPrintable(areas->text()));
        QVERIFY(areas->text().contains(QStringLiteral("CMD: 0.49")));
    }

    void it_is_stopped_gone_on_with_and_says_of_which_iteration_it_is()
    {
        FakePanelContext context;
        show_run(context);
        FaithfulnessPanel panel(context);
        panel.show();
        auto* button = panel.findChild<QPushButton*>(QStringLiteral("faithfulnessButton"));
        auto* state = panel.findChild<QLabel*>(QStringLiteral("faithfulnessState"));
        auto* figures = panel.findChild<QTableWidget*>(QStringLiteral("faithfulnessFigures"));
        button->click();
        context.answer(asker, answer_to(asked(context), edges_of(context)));
        QCOMPARE(button->text(), QStringLiteral("Stop"));
        button->click();
        QVERIFY(context.open.empty());
        QCOMPARE(button->text(), QStringLiteral("Go on"));
        const int before = context.asked;
        button->click();
        QCOMPARE(context.asked, before + 1);
        QVERIFY(asked(context).sizes != std::vector{ circuit });

        // The timeline moves on while it is computed: it stays what it is.
        context.go_to(4);
        answer_all(context);
        QVERIFY2(state->text().contains(QStringLiteral("of iteration 3"))
                && state->text().contains(QStringLiteral("shown is iteration 4")),
            qPrintable(state->text()));
        QVERIFY(figures->rowCount() > 1);
        QVERIFY(button->text().contains(QStringLiteral("iteration 4")));
        button->click();
        QCOMPARE(asked(context).model.number, 4);
        QVERIFY(!asked(context).ranking);
        const auto handlers = context.open.at(asker).handlers;
        context.open.clear();
        handlers.failed(QStringLiteral("The task is gone."));
        QVERIFY(state->text().contains(QStringLiteral("The task is gone.")));

        // Of another run nothing is known.
        button->click();
        context.answer(asker, answer_to(asked(context), edges_of(context)));
        context.shown->run = { 2 };
        context.go_to(0);
        QCOMPARE(figures->rowCount(), 0);
        QVERIFY(context.open.empty());
    }

    void other_examples_or_draws_are_computed_anew()
    {
        FakePanelContext context;
        show_run(context);
        FaithfulnessPanel panel(context);
        panel.show();
        auto* button = panel.findChild<QPushButton*>(QStringLiteral("faithfulnessButton"));
        button->click();
        answer_all(context);
        panel.findChild<QSpinBox*>(QStringLiteral("faithfulnessItems"))->setValue(9);
        panel.findChild<QSpinBox*>(QStringLiteral("faithfulnessDraws"))->setValue(2);
        button->click();
        QCOMPARE(asked(context).examples, 9);
        QCOMPARE(asked(context).random_draws, 2);
        QVERIFY(!asked(context).ranking);
        QCOMPARE(asked(context).sizes, std::vector{ circuit });
    }

    void the_chart_tells_its_points_to_pointer_keyboard_and_readers()
    {
        FaithfulnessQuestion question;
        question.sizes = { 1, circuit, 200, 1000 };
        FaithfulnessCurveData curve;
        curve.add(answer_to(question, 1000));
        FaithfulnessChart chart;
        chart.set_theme(ui::theme(false));
        chart.resize(400, 200);
        chart.set_curve(curve);
        chart.show();
        double last = -1;
        for (const FaithfulnessOfSize& point : curve.points()) {
            const QPointF place = chart.place_of(point.edges, *point.faithfulness);
            QVERIFY(QRectF(chart.rect()).contains(place));
            QVERIFY(place.x() > last);
            last = place.x();
        }
        QVERIFY(chart.place_of(1, 1).y() < chart.place_of(1, 0).y());
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("stored circuit")));
        QSignalSpy pointed(&chart, &FaithfulnessChart::pointed_at);
        QTest::mouseMove(&chart, chart.place_of(circuit, 0.5).toPoint());
        QTRY_VERIFY(!pointed.empty());
        QVERIFY(pointed.last()[0].toString().contains(QStringLiteral("30 edges (3.0 %): f 0.030")));
        QTest::keyClick(&chart, Qt::Key_Down);
        QVERIFY(pointed.last()[0].toString().contains(QStringLiteral("200 edges")));
    }

    void a_metric_that_nothing_moves_has_no_faithfulness()
    {
        FaithfulnessQuestion question;
        question.sizes = { 10 };
        FaithfulnessAnswer answer = answer_to(question, 1000);
        answer.sizes.front().faithfulness.reset();
        answer.sizes.front().random.clear();
        FaithfulnessCurveData curve;
        curve.add(answer);
        QCOMPARE(faithfulness_rows(curve).front().faithfulness, QStringLiteral("–"));
        QVERIFY(faithfulness_rows(curve).front().random.isEmpty());
        QVERIFY(!curve.areas());
    }
};

CIRCUITLOOM_UI_TEST(TestFaithfulness, Application::widgets)
#include "tst_faithfulness.moc"
