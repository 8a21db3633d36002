// What is read of runs in the background: their circuits, how sure these are, their dynamics.
#include "core/analysis/run_dynamics.h"
#include "core/store/experiment_reader.h"
#include "tests/support/ui_test.h"
#include "tests/support/written_circuits.h"
#include "ui/session/circuit_pieces.h"
#include "ui/session/dynamics_reader.h"
#include "ui/session/item_scores.h"
#include "ui/session/run_certainties.h"

#include <QSignalSpy>
#include <QThreadPool>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <filesystem>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::WrittenCircuits;

namespace {

constexpr int patience = 60'000;

std::vector<Circuit> circuits_from(int first, int count)
{
    std::vector<Circuit> circuits;
    for (int i = first; i < first + count; ++i)
        circuits.push_back(samples::circuit(i));
    return circuits;
}

QString file_of(const WrittenCircuits& run)
{
    return QString::fromStdString(run.file().string());
}

/// The history as it was when it had so many iterations.
RunHistory first_part(const RunHistory& run, std::size_t iterations)
{
    RunHistory part = run;
    part.iterations.resize(iterations);
    return part;
}

/// All that is under way in the background, and what follows it at once.
void let_all_be_read()
{
    for (int i = 0; i < 5; ++i) {
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
    }
}

/// A run whose circuits were resampled; the inclusion of every edge of iteration i is `of(i)`.
void write_certain(const std::filesystem::path& file, int iterations, float (*of)(int))
{
    for (const char* end : { "", "-wal", "-shm" })
        std::filesystem::remove(file.string() + end);
    RunWriter writer(file, samples::description());
    for (int i = 0; i < iterations; ++i) {
        const Circuit circuit = samples::circuit(i);
        ScoreCertainty certainty;
        certainty.resamples = 20;
        certainty.examples = 40;
        certainty.blocks = 40;
        certainty.edges.assign(circuit.size(), EdgeCertainty{ of(i), -0.5F, 0.5F });
        writer.add_iteration(samples::iteration(i), circuit, certainty);
    }
    writer.set_state(RunState::finished);
}

RunHistory read_history(const std::filesystem::path& file)
{
    const ExperimentReader reader(file);
    return load_history(reader, reader.runs().front());
}

} // namespace

class TestRunReadings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void circuits_come_in_order_and_go_on_as_the_run_grows()
    {
        const WrittenCircuits run(circuits_from(0, 300)); // more than are read at once
        std::vector<Circuit> taken;
        CircuitPieces pieces(
            [&](const std::vector<Circuit>& piece) {
                taken.insert(taken.end(), piece.begin(), piece.end());
            },
            nullptr);
        const RunHistory part = first_part(*run.context.history, 280);
        QVERIFY(pieces.follow(file_of(run), &part));
        let_all_be_read();
        QVERIFY(taken.empty()); // nobody wants them
        pieces.want();
        QTRY_COMPARE_WITH_TIMEOUT(taken.size(), std::size_t(280), patience);
        QVERIFY(pieces.complete());
        QVERIFY(!pieces.follow(file_of(run), &*run.context.history));
        QTRY_COMPARE_WITH_TIMEOUT(taken.size(), std::size_t(300), patience);
        QVERIFY(taken == run.circuits());
        pieces.begin_again();
        QTRY_COMPARE_WITH_TIMEOUT(taken.size(), std::size_t(600), patience);
    }

    void circuits_of_a_run_written_anew_come_from_the_first_on()
    {
        WrittenCircuits run(circuits_from(0, 20));
        std::vector<Circuit> taken;
        CircuitPieces pieces(
            [&](const std::vector<Circuit>& piece) {
                taken.insert(taken.end(), piece.begin(), piece.end());
            },
            nullptr);
        pieces.follow(file_of(run), &*run.context.history);
        pieces.want();
        QTRY_COMPARE_WITH_TIMEOUT(taken.size(), std::size_t(20), patience);
        run.write_anew(circuits_from(100, 20)); // as many, in the same file, under the same number
        taken.clear();
        QVERIFY(pieces.follow(file_of(run), &*run.context.history));
        QTRY_VERIFY_WITH_TIMEOUT(taken == run.circuits(), patience);
    }

    void the_history_knows_how_stable_each_circuit_is()
    {
        const WrittenCircuits run(circuits_from(0, 5), {}, samples::description(), 0.25);
        RunHistory history = *run.context.history;
        QCOMPARE(history.certainties.size(), std::size_t(5));
        QVERIFY(stability_at(history.certainties, 4) == (CircuitStability{ 0.25, 0.01 }));
        QVERIFY(!stability_at(history.certainties, 5));
        QCOMPARE(history.curves->stability().size(), std::size_t(5));
        QCOMPARE(history.curves->stability().back(), (circuitloom::ui::CurvePoint{ 8, 0.25 }));
        // News that overlap are taken once, and none of an iteration that is not there yet.
        const ExperimentReader reader(run.file());
        RunNews news = read_news(reader, history.summary.id, { 2, 0, -1 });
        news.certainties.push_back({ { 5 }, 20, 40, 40, { 0.5, 0 } });
        append(history, news);
        QCOMPARE(history.certainties.size(), std::size_t(5));
        QCOMPARE(history.curves->stability().size(), std::size_t(5));
    }

    void scores_of_edges_and_nodes_have_gaps_where_they_are_out()
    {
        const WrittenCircuits run(circuits_from(0, 300));
        const ComputationalGraph& graph = run.graph();
        const std::string edge = graph.edge_name(run.circuits()[7].front().edge);
        const Components components(graph);
        const ComponentId node = components.of(graph.edge(run.circuits()[7].front().edge).source);
        const std::vector<std::string> items{ edge, components.name(node) };
        ItemScores scores;
        QSignalSpy failed(&scores, &ItemScores::failed);
        const RunHistory part = first_part(*run.context.history, 280);
        scores.want(file_of(run), part, items);
        const auto read = [&](const RunHistory& history) {
            const auto known = scores.known(history.graph);
            return known ? known->at(edge).size() : 0;
        };
        QTRY_COMPARE_WITH_TIMEOUT(read(part), std::size_t(280), patience);
        scores.want(file_of(run), *run.context.history, items); // it has grown
        QTRY_COMPARE_WITH_TIMEOUT(read(part), std::size_t(300), patience);
        const auto known = scores.known(part.graph);
        for (int i = 0; i < 300; ++i) {
            const auto at = static_cast<std::size_t>(i);
            double of_edge = 0;
            double of_node = 0;
            int edges = 0;
            int of_nodes = 0;
            for (const ScoredEdge& scored : run.circuits()[at]) {
                const Edge& ends = graph.edge(scored.edge);
                if (graph.edge_name(scored.edge) == edge) {
                    of_edge += static_cast<double>(scored.score);
                    ++edges;
                }
                if (components.of(ends.source) == node || components.of(ends.target) == node) {
                    of_node += static_cast<double>(scored.score);
                    ++of_nodes;
                }
            }
            const circuitloom::ui::CurvePoint edge_point = known->at(edge)[at];
            const circuitloom::ui::CurvePoint node_point = known->at(items[1])[at];
            QCOMPARE(edge_point.step, 2.0 * i);
            QCOMPARE(std::isnan(edge_point.value), edges == 0);
            QCOMPARE(std::isnan(node_point.value), of_nodes == 0);
            if (edges > 0)
                QCOMPARE(edge_point.value, of_edge);
            if (of_nodes > 0)
                QVERIFY(std::abs(node_point.value - of_node) < 1e-9);
        }
        QVERIFY(edges_named(graph, std::vector<std::string>{ "a99.h1" }).front().empty());
        // Other items of the same run take the place of those.
        scores.want(file_of(run), *run.context.history, { "logits" });
        QTRY_VERIFY_WITH_TIMEOUT(
            scores.known(part.graph) && scores.known(part.graph)->contains("logits"), patience);
        QVERIFY(!scores.known(part.graph)->contains(edge));
        QVERIFY(failed.isEmpty());
    }

    void circuits_that_are_not_there_are_not_asked_for_for_ever()
    {
        const WrittenCircuits run(circuits_from(0, 4));
        int taken = 0;
        CircuitPieces pieces(
            [&](const std::vector<Circuit>& piece) { taken += static_cast<int>(piece.size()); },
            nullptr);
        QSignalSpy failed(&pieces, &CircuitPieces::failed);
        RunHistory longer = *run.context.history;
        longer.iterations.resize(9, longer.iterations.back());
        pieces.follow(file_of(run), &longer);
        pieces.want();
        QTRY_COMPARE_WITH_TIMEOUT(taken, 4, patience);
        let_all_be_read();
        std::filesystem::remove(run.file()); // whoever still reads says so
        let_all_be_read();
        QVERIFY(failed.empty());
        pieces.want();
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
    }

    void certainties_are_the_files_and_of_what_the_run_is_now()
    {
        const samples::TemporaryFolder folder;
        const std::filesystem::path file = folder / "certain.loom";
        const QString name = QString::fromStdString(file.string());
        write_certain(file, 40, [](int i) { return static_cast<float>(i) / 100; });
        RunCertainties certainties;
        QSignalSpy arrived(&certainties, &RunCertainties::arrived);
        QVERIFY(!certainties.want(3)); // of no run
        const RunHistory run = read_history(file);
        certainties.follow(name, &run);
        QVERIFY(!certainties.want(40)); // there is none
        QVERIFY(!certainties.want(30));
        QTRY_VERIFY_WITH_TIMEOUT(certainties.known(30), patience);
        const auto edges = certainties.known(30);
        QCOMPARE(edges->size(), samples::circuit(30).size());
        QCOMPARE(edges->front().certainty.inclusion, 0.3F);
        QVERIFY(certainties.known(31)); // what is played next comes with it
        QVERIFY(!certainties.known(29));

        write_certain(file, 40, [](int) { return 0.75F; });
        const RunHistory anew = read_history(file);
        certainties.follow(name, &anew);
        QVERIFY(!certainties.known(30));
        QVERIFY(!certainties.want(30));
        QTRY_VERIFY_WITH_TIMEOUT(certainties.known(30), patience);
        QCOMPARE(certainties.known(30)->front().certainty.inclusion, 0.75F);
        QVERIFY(arrived.size() >= 2);
    }

    void certainties_that_cannot_be_read_are_told_once()
    {
        const WrittenCircuits run(circuits_from(0, 4));
        RunCertainties certainties;
        QSignalSpy failed(&certainties, &RunCertainties::failed);
        certainties.follow(file_of(run) + QStringLiteral(".gone"), &*run.context.history);
        certainties.want(1);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        QVERIFY(failed.front().front().toString().contains(QStringLiteral(".gone")));
        certainties.want(2);
        let_all_be_read();
        QCOMPARE(failed.size(), 1);
    }

    void dynamics_are_computed_once_for_all_who_want_them()
    {
        const WrittenCircuits run(circuits_from(0, 12));
        const RunHistory& history = *run.context.history;
        DynamicsReader reader;
        QSignalSpy changed(&reader, &DynamicsReader::changed);
        reader.want(file_of(run), history);
        QVERIFY(reader.known(history.graph).progress);
        reader.want(file_of(run), history);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patience);
        reader.want(file_of(run), history);
        const DynamicsReader::Known known = reader.known(history.graph);
        QVERIFY(known.dynamics && known.curves && !known.progress);
        const RunDynamics expected
            = run_dynamics(ExperimentReader(run.file()), history.summary.id, {});
        QCOMPARE(known.dynamics->iterations.size(), std::size_t(12));
        QCOMPARE(known.curves->distance.size(), std::size_t(11)); // the first has none before it
        for (std::size_t i = 1; i < 12; ++i) {
            QCOMPARE(known.curves->distance[i - 1].step, 2.0 * static_cast<double>(i));
            QCOMPARE(known.curves->distance[i - 1].value, expected.iterations[i].change->distance);
        }
        QCOMPARE(known.curves->entropy.front().value, *expected.iterations[0].entropy);
        QCOMPARE(known.curves->position.back().value, *expected.iterations.back().position);
        let_all_be_read();
        QCOMPARE(changed.size(), 1);
    }

    void dynamics_of_a_run_that_grows_are_computed_again_after_a_rest()
    {
        const WrittenCircuits run(circuits_from(0, 30));
        const RunHistory part = first_part(*run.context.history, 10);
        DynamicsReader reader;
        reader.set_rest(1'000'000, 1'000'000); // as long as it ever does
        QSignalSpy changed(&reader, &DynamicsReader::changed);
        reader.want(file_of(run), part);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patience);
        // The file had all by then.
        QCOMPARE(reader.known(part.graph).dynamics->iterations.size(), std::size_t(30));
        RunHistory longer = *run.context.history;
        longer.graph = part.graph;
        longer.iterations.resize(40, longer.iterations.back());
        for (int i = 0; i < 10; ++i)
            reader.want(file_of(run), longer);
        QVERIFY(!reader.known(part.graph).progress); // it rests, however often it is wanted
        QCOMPARE(changed.size(), 1);
        // Another run is not made to wait.
        const WrittenCircuits other(circuits_from(0, 5));
        reader.want(file_of(other), *other.context.history);
        QTRY_VERIFY_WITH_TIMEOUT(
            reader.known(other.context.history->graph).dynamics != nullptr, patience);
        QVERIFY(!reader.known(part.graph).dynamics); // of a file that was left
    }

    void dynamics_of_another_run_under_the_same_number_are_not_taken_for_this_ones()
    {
        WrittenCircuits run(circuits_from(0, 12));
        const RunHistory before = *run.context.history;
        DynamicsReader reader;
        reader.want(file_of(run), before);
        QTRY_VERIFY_WITH_TIMEOUT(reader.known(before.graph).dynamics != nullptr, patience);
        run.write_anew(circuits_from(50, 6));
        const RunHistory& anew = *run.context.history;
        QVERIFY(anew.summary.id == before.summary.id);
        QVERIFY(!reader.known(anew.graph).dynamics);
        reader.want(file_of(run), anew);
        QVERIFY(!reader.known(before.graph).dynamics);
        QTRY_VERIFY_WITH_TIMEOUT(reader.known(anew.graph).dynamics != nullptr, patience);
        QCOMPARE(reader.known(anew.graph).dynamics->iterations.size(), std::size_t(6));
        reader.forget();
        QVERIFY(!reader.known(anew.graph).dynamics);
        QVERIFY(!reader.known(nullptr).dynamics);
    }

    void dynamics_that_cannot_be_read_say_why_and_are_not_tried_for_ever()
    {
        const WrittenCircuits run(circuits_from(0, 4));
        const RunHistory& history = *run.context.history;
        DynamicsReader reader;
        QSignalSpy changed(&reader, &DynamicsReader::changed);
        const QString gone = file_of(run) + QStringLiteral(".gone");
        reader.want(gone, history);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patience);
        QVERIFY(reader.known(history.graph).failure.contains(QStringLiteral(".gone")));
        reader.want(gone, history);
        QVERIFY(!reader.known(history.graph).progress);
        reader.want(file_of(run), history); // the file is found
        QTRY_VERIFY_WITH_TIMEOUT(reader.known(history.graph).dynamics != nullptr, patience);
        QVERIFY(reader.known(history.graph).failure.isEmpty());
    }

    void dynamics_that_could_not_be_read_are_read_when_they_are_wanted_again()
    {
        const WrittenCircuits run(circuits_from(0, 4));
        const RunHistory& history = *run.context.history;
        DynamicsReader reader;
        reader.set_rest(0, 0);
        QSignalSpy changed(&reader, &DynamicsReader::changed);
        const QString late = file_of(run) + QStringLiteral(".late");
        reader.want(late, history);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patience);
        QVERIFY(!reader.known(history.graph).failure.isEmpty());
        QVERIFY(QFile::copy(file_of(run), late));
        let_all_be_read();
        reader.want(late, history);
        QTRY_VERIFY_WITH_TIMEOUT(reader.known(history.graph).dynamics != nullptr, patience);
        QVERIFY(reader.known(history.graph).failure.isEmpty());
    }

    void examples_are_counted_beyond_two_thousand_million()
    {
        CurveData data;
        data.set_examples_per_step(65'536.0 * 65'536.0);
        QCOMPARE(data.places(AxisQuantity::examples).of(2), 2 * 65'536.0 * 65'536.0);
        RunSummary summary;
        summary.description = samples::description();
        RunConfig config = preset("sv-disagreement");
        config.batch = 65'536;
        config.accumulate = 65'536;
        summary.description.configuration = to_json(config);
        const RunHistory run = history_of(summary);
        QCOMPARE(run.config.accumulate, 65'536);
        QCOMPARE(run.curves->places(AxisQuantity::examples).of(1), 65'536.0 * 65'536.0);
    }
};

CIRCUITLOOM_UI_TEST(TestRunReadings, Application::widgets)
#include "tst_run_readings.moc"
