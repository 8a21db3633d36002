#include "core/base/error.h"
#include "core/run/circuit_import.h"
#include "core/run/circuits_found.h"
#include "core/run/imported_run.h"
#include "core/run/run_measures.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <map>

using namespace circuitloom;
using samples::TemporaryFolder;
using nlohmann::json;

namespace {

using Paths = std::vector<std::filesystem::path>;

void write(const std::filesystem::path& file, const std::string& text)
{
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

/// EAP-IG's layout for two layers of two heads; an edge that is not named is left out.
std::string graph_json(const std::map<std::string, double>& scores, bool marked = false)
{
    json edges = json::object();
    for (const auto& [name, score] : scores)
        edges[name] = { { "score", score }, { "in_graph", marked } };
    return json{ { "cfg",
                     { { "n_layers", 2 }, { "n_heads", 2 }, { "parallel_attn_mlp", false },
                         { "d_model", 8 } } },
        { "nodes", json::object() }, { "edges", edges } }
        .dump();
}

std::string log_line(int step, const json& edges)
{
    return json{ { "loss", 1.5 }, { "edges", { { "step", step }, { "edges", edges } } } }.dump()
        + "\n";
}

std::map<std::string, float> named(const ExperimentReader& reader, RunId run, int iteration)
{
    const RunDescription of = reader.run(run).description;
    const ComputationalGraph graph(of.shape, of.graph);
    std::map<std::string, float> found;
    for (const ScoredEdge& scored : reader.circuit(run, { iteration }))
        found[graph.edge_name(scored.edge)] = scored.score;
    return found;
}

std::string refusal(const Paths& paths, const std::filesystem::path& to, ImportOptions options = {})
{
    try {
        import_circuits(paths, to, options);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a folder of graph JSON becomes a run, an iteration a file, in the order of the steps")
{
    const TemporaryFolder folder;
    const auto series = folder / "pythia ioi";
    write(series / "ioi_checkpoint_1000.json",
        graph_json({ { "input->m0", 0.5 }, { "a0.h1->logits", -2 }, { "m0->m1", 0 } }));
    write(series / "ioi_checkpoint_20.json", graph_json({ { "input->a1.h0<k>", 1.5 } }));
    write(series / "readme.json", "{}");
    const auto file = folder / "imported.loom";
    const auto runs = import_circuits(Paths{ series }, file, {});
    REQUIRE(runs.size() == 1);
    CHECK(runs[0].name == "pythia ioi");
    CHECK(runs[0].iterations == 2);
    CHECK(std::ranges::any_of(
        runs[0].notes, [](const std::string& note) { return has(note, "readme.json"); }));

    const ExperimentReader reader(file);
    const RunSummary run = reader.run(runs[0].run);
    CHECK(run.state == RunState::finished);
    CHECK(run.description.method == imported_method);
    CHECK(run.description.shape.layers == 2);
    CHECK(run.description.shape.kv_heads == 2);
    CHECK(run.description.steps == 1000);
    CHECK(has(run.notes, "readme.json"));
    CHECK_FALSE(run.last_loss);
    const auto iterations = reader.iterations(runs[0].run);
    REQUIRE(iterations.size() == 2);
    CHECK(iterations[0].step == 20);
    CHECK(iterations[1].step == 1000);
    for (const IterationRecord& one : iterations) {
        CHECK(std::isnan(one.loss)); // not 0: the file does not say
        CHECK(std::isnan(one.metric));
        CHECK(std::isnan(one.tunable_ratio));
        CHECK(std::isnan(one.seconds));
    }
    CHECK(iterations[1].entered == 2);
    CHECK(named(reader, runs[0].run, 0)
        == std::map<std::string, float>{ { "input->a1.h0<k>", 1.5F } });
    CHECK(named(reader, runs[0].run, 1) // what is scored 0 is no edge of a circuit
        == std::map<std::string, float>{ { "input->m0", 0.5F }, { "a0.h1->logits", -2.0F } });
    CHECK_THROWS_AS(config_of(run.description), InputError);
    CHECK(metric_of(run.description).name == "metric");
}

TEST_CASE("a node beyond any model is refused by its name")
{
    const TemporaryFolder folder;
    for (const char* name : { "head.2147483647.0", "mlp.2147483647", "head.0.2147483647" }) {
        write(folder / "log.jsonl", log_line(1, json::array({ { name, "mlp.3", 1.0 } })));
        const std::string message
            = refusal({ folder / "log.jsonl" }, folder / "imported.loom");
        INFO(name << ": " << message);
        CHECK(has(message, "log.jsonl"));
        CHECK(has(message, "2147483647"));
        CHECK_FALSE(std::filesystem::exists(folder / "imported.loom"));
    }
}

TEST_CASE("a long series of different remarks is told in short")
{
    const TemporaryFolder folder;
    const auto series = folder / "series";
    for (int i = 0; i < 40; ++i) {
        std::map<std::string, double> edges;
        const char* names[] { "input->m0", "input->m1", "input->logits", "m0->m1", "m0->logits",
            "m1->logits" };
        for (int e = 0; e <= i % 6; ++e)
            edges[names[e]] = 1.0 + i;
        write(series / (std::to_string(i) + ".json"), graph_json(edges));
        write(series / ("odd" + std::to_string(i) + ".txt"), "x");
    }
    const auto runs = import_circuits(Paths{ series }, folder / "imported.loom", {});
    REQUIRE(runs.size() == 1);
    CHECK(runs[0].notes.size() < 90);
}

TEST_CASE("what a file marks is the circuit, and the strongest edges of it are taken")
{
    const TemporaryFolder folder;
    json graph = json::parse(
        graph_json({ { "input->m0", 0.5 }, { "m0->m1", -1 }, { "m1->logits", 3 } }, true));
    graph["edges"]["m1->logits"]["in_graph"] = false;
    write(folder / "one.json", graph.dump());
    ImportOptions options;
    options.series.top_n = 1;
    const auto file = folder / "imported.loom";
    const auto runs = import_circuits(Paths{ folder / "one.json" }, file, options);
    CHECK(named(ExperimentReader(file), runs[0].run, 0)
        == std::map<std::string, float>{ { "m0->m1", -1.0F } });
    CHECK(std::ranges::any_of(
        runs[0].notes, [](const std::string& note) { return has(note, "strongest 1 "); }));
}

TEST_CASE("an edge into a head as a whole becomes one into each of q, k and v, which add up to it")
{
    const TemporaryFolder folder;
    write(folder / "7.json", graph_json({ { "m0->a1.h1", 0.75 }, { "input->m0", 0.1 } }));
    write(folder / "log.jsonl",
        log_line(7, json::array({ { "mlp.0", "head.1.1", 0.75 }, { "mlp.0", "mlp.1", 0.1 } })));
    const auto file = folder / "imported.loom";
    const auto runs = import_circuits(Paths{ folder / "7.json", folder / "log.jsonl" }, file, {});
    REQUIRE(runs.size() == 2);
    const ExperimentReader reader(file);
    for (const ImportedRun& run : runs) {
        const auto edges = named(reader, run.run, 0);
        REQUIRE(edges.size() == 4);
        float sum = 0;
        for (const char* end : { "<q>", "<k>", "<v>" })
            sum += edges.at(std::string("m0->a1.h1") + end);
        CHECK(sum == doctest::Approx(0.75));
        CHECK(std::ranges::any_of(
            run.notes, [](const std::string& note) { return has(note, "a third"); }));
    }
}

TEST_CASE("the log of circuit-tuning's repository: lines with edges, its names, its graph")
{
    const TemporaryFolder folder;
    write(folder / "log.jsonl",
        "{\"epoch\": 0, \"loss\": 3.5}\n\n"
            + log_line(100, json::array({ { "head.0.1", "head.2.3.q", 0.5 },
                                { "mlp.1", "head.2.0.v", -0.25 } }))
            + log_line(200, json::array({ { "head.0.1", "mlp.0", 0.125 } }))
            + log_line(100, json::array({ { "mlp.0", "mlp.2", 4 } })));
    const auto file = folder / "imported.loom";
    ImportOptions options;
    options.name = "paper";
    const auto runs = import_circuits(Paths{ folder / "log.jsonl" }, file, options);
    REQUIRE(runs.size() == 1);
    CHECK(runs[0].name == "paper");
    const ExperimentReader reader(file);
    const RunDescription run = reader.run(runs[0].run).description;
    CHECK(run.shape.layers == 3);
    CHECK(run.shape.heads == 4);
    CHECK(run.graph.kind == GraphKind::paper);
    // The last line of a step counts.
    CHECK(named(reader, runs[0].run, 0) == std::map<std::string, float>{ { "m0->m2", 4.0F } });
    CHECK(named(reader, runs[0].run, 1) == std::map<std::string, float>{ { "a0.h1->m0", 0.125F } });
}

TEST_CASE("a model that is known gives its sizes: shared keys and values are summed")
{
    const TemporaryFolder folder;
    write(folder / "5.json", graph_json({ { "m0->a1.h0<k>", 0.5 }, { "m0->a1.h1<k>", 0.25 } }));
    write(folder / "log.jsonl",
        log_line(5, json::array({ { "mlp.0", "head.1.0.k", 0.5 }, { "mlp.0", "head.1.1.k", 0.25 } })));
    ImportOptions options;
    options.series.shape = GraphShape{ 2, 2, 1, 32, false };
    const auto file = folder / "imported.loom";
    for (const char* source : { "5.json", "log.jsonl" }) {
        const auto runs = import_circuits(Paths{ folder / source }, file, options);
        CHECK(named(ExperimentReader(file), runs[0].run, 0)
            == std::map<std::string, float>{ { "m0->a1.h0<k>", 0.75F } });
    }
}

TEST_CASE("what cannot be imported is refused with the place, and nothing is left behind")
{
    const TemporaryFolder folder;
    const auto file = folder / "imported.loom";
    const auto log = [&](const std::string& text) {
        write(folder / "log.jsonl", text);
        return refusal({ folder / "log.jsonl" }, file);
    };
    const std::string good = log_line(1, json::array({ { "mlp.0", "mlp.1", 0.5 } }));
    CHECK(has(log("{\"edges\": {\"edges\": []}}"), "log.jsonl:1: edges: step"));
    CHECK(has(log(std::string((std::size_t{ 64 } << 20) + 1, ' ') + "{}\n"), "log.jsonl:1: "));
    CHECK(has(log(std::string((std::size_t{ 64 } << 20) + 1, ' ') + "{}\n"), "at most 64 MB"));
    CHECK(has(log(log_line(-1, json::array())), "step"));
    CHECK(has(log(log_line(1, json::array({ { "mlp.0", 0.5 } }))), "log.jsonl:1: edges[0]"));
    CHECK(has(log(log_line(1, json::array({ { "mlp.0", "mlp.1", "much" } }))), "edges[0]"));
    for (const char* name : { "head.0", "head.0.1.q", "mlp.-1", "mlp.99999", "attn.0", "mlp.0x" })
        CHECK(has(log(log_line(1, json::array({ { name, "mlp.7", 1 } }))), "names no node"));
    CHECK(has(log(log_line(1, json::array({ { "mlp.1", "mlp.0", 1 } }))), "is no edge"));
    CHECK(has(log(log_line(1, json::array({ { "mlp.0", "mlp.1", 1 }, { "mlp.0", "mlp.1", 2 } }))),
        "listed twice"));
    CHECK(has(log(log_line(1, json::array({ { "head.9999.9999", "mlp.9999", 1 } }))), "2^2"));
    CHECK(has(log(log_line(1, json::array({ { "mlp.0", "mlp.1", 1e300 } }))), "float"));
    CHECK(has(log("{\"edges\": " + std::string(100, '[') + std::string(100, ']') + "}"), "nested"));
    CHECK(has(log("{\"loss\": 1}\n"), "no line has edges"));

    CHECK(has(refusal({ folder / "absent.json" }, file), "absent.json"));
    CHECK(has(refusal({ folder / "absent" }, file), "does not exist"));
    std::filesystem::create_directories(folder / "empty");
    CHECK(has(refusal({ folder / "empty" }, file), "holds no graph JSON"));
    write(folder / "two" / "a1.json", graph_json({}));
    write(folder / "two" / "b1.json", graph_json({}));
    CHECK(has(refusal({ folder / "two" }, file), "both of step 1"));
    // Where every circuit is damaged, nothing is left of the run.
    write(folder / "late" / "1.json", graph_json({ { "m1->m0", 1 } }));
    write(folder / "late" / "2.json", "{");
    CHECK(has(refusal({ folder / "late" }, file), "1.json"));
    CHECK_FALSE(std::filesystem::exists(file));

    write(folder / "3.json", graph_json({ { "m0->m1", 1 } }));
    import_circuits(Paths{ folder / "3.json" }, file, {});
    CHECK_FALSE(refusal({ folder / "late" }, file).empty());
    CHECK(ExperimentReader(file).runs().size() == 1);
    ImportOptions named_once;
    named_once.name = "one name";
    write(folder / "log.jsonl", good);
    CHECK(has(refusal({ folder / "3.json", folder / "log.jsonl" }, file, named_once), "2 runs"));
}

TEST_CASE("an import that fails takes away its own runs alone")
{
    const TemporaryFolder folder;
    write(folder / "a" / "1.json", graph_json({ { "m0->m1", 1 } }));
    write(folder / "b" / "1.json", graph_json({ { "m0->m1", 2 } }));
    const auto file = folder / "imported.loom";
    ImportOptions options;
    // Another process stores a run in the file meanwhile, which this one has made.
    options.progress = [&](const std::string& run, int, int) {
        if (run != "b")
            return;
        RunWriter(file, samples::description("another's")).set_state(RunState::finished);
        throw Cancelled("enough");
    };
    CHECK_THROWS_AS(
        import_circuits(Paths{ folder / "a", folder / "b" }, file, options), Cancelled);
    REQUIRE(std::filesystem::exists(file));
    const auto runs = ExperimentReader(file).runs();
    REQUIRE(runs.size() == 1);
    CHECK(runs.front().description.name == "another's");
}

TEST_CASE("a damaged file of a folder is named and left out, and the others become the run")
{
    const TemporaryFolder folder;
    const auto series = folder / "series";
    write(series / "1.json", "{\"cfg\": {\"n_layers\": 2"); // cut short, and the first of all
    write(series / "2.json", graph_json({ { "m0->m1", 0.5 } }));
    write(series / "3.json", graph_json({ { "m1->m0", 1 } })); // no such edge
    write(series / "4.json", "");
    write(series / "5.json", graph_json({ { "input->m0", 0.25 } }));
    REQUIRE(holds_circuits(series));
    const FoundCircuits found = look_at_circuits(series);
    REQUIRE(found.circuits.used.size() == 2);
    CHECK(found.circuits.used[0].step == 2);
    CHECK(found.circuits.used[1].name == "5.json");
    REQUIRE(found.circuits.unused.size() == 3);

    const auto file = folder / "imported.loom";
    const auto runs = import_circuits(Paths{ series }, file, {});
    REQUIRE(runs.size() == 1);
    CHECK(runs[0].iterations == 2);
    REQUIRE(runs[0].unused.size() == 3);
    const ExperimentReader reader(file);
    const std::string notes = reader.run(runs[0].run).notes;
    std::size_t i = 0;
    for (const char* name : { "1.json", "3.json", "4.json" }) {
        CHECK(runs[0].unused[i].name == name);
        CHECK(found.circuits.unused[i] == UnusedCheckpoint{ name, runs[0].unused[i].why });
        CHECK_FALSE(has(runs[0].unused[i].why, folder.path().string()));
        CHECK(has(notes, std::string(name) + " is not used: " + runs[0].unused[i].why));
        ++i;
    }
    CHECK(has(runs[0].unused[1].why, "m1->m0"));
    const auto iterations = reader.iterations(runs[0].run);
    REQUIRE(iterations.size() == 2);
    CHECK(iterations[0].step == 2);
    CHECK(iterations[1].step == 5);
    CHECK(iterations[1].entered == 1);
    CHECK(named(reader, runs[0].run, 1) == std::map<std::string, float>{ { "input->m0", 0.25F } });
}

TEST_CASE("a damaged line of a log is named and left out")
{
    const TemporaryFolder folder;
    const auto log = folder / "log.jsonl";
    const std::string huge((std::size_t{ 64 } << 20) + 1, ' ');
    write(log,
        log_line(1, json::array({ { "mlp.0", "mlp.1", 0.5 } })) + "{\"edges\": 3}\n"
            + log_line(2, json::array({ { "mlp.1", "mlp.0", 0.5 } })) // no such edge
            + huge + "{}\n" + log_line(3, json::array({ { "mlp.0", "mlp.1", 0.25 } }))
            + "{\"edges\": {\"step\": 4, \"ed"); // as a training writes it
    REQUIRE(holds_circuits(log));
    const FoundCircuits found = look_at_circuits(log);
    CHECK(found.circuits.used.size() == 2);
    const auto runs = import_circuits(Paths{ log }, folder / "imported.loom", {});
    CHECK(runs[0].iterations == 2);
    std::map<std::string, std::string> why;
    for (const UnusedCircuit& one : runs[0].unused)
        why[one.name] = one.why;
    REQUIRE(why.size() == 4);
    CHECK(has(why["log.jsonl:2"], "edges"));
    CHECK(has(why["log.jsonl:3"], "is no edge"));
    CHECK(has(why["log.jsonl:4"], "at most 64 MB"));
    CHECK(why.contains("log.jsonl:6"));
}

TEST_CASE("checkpoints and models are not taken for circuits")
{
    const TemporaryFolder folder;
    write(folder / "series" / "5.json", graph_json({ { "m0->m1", 1 } }));
    CHECK(holds_circuits(folder / "series"));
    write(folder / "series" / "config.json", "{}");
    CHECK_FALSE(holds_circuits(folder / "series"));
    write(folder / "texts" / "1.json", "{\"text\": \"a\"}");
    CHECK_FALSE(holds_circuits(folder / "texts"));
    CHECK_FALSE(holds_circuits(folder / "absent"));
}
