#include "core/base/error.h"
#include "core/formats/graph_json.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

using namespace circuitloom;

namespace {

constexpr GraphShape fixture_shape{ 1, 2, 2, 8 };
const std::string fixture_path = CIRCUITLOOM_TEST_DATA "/eap_ig_graph.json";

nlohmann::json fixture()
{
    return nlohmann::json::parse(std::ifstream(fixture_path));
}

float score_of(const ScoredGraph& scored, const std::string& edge)
{
    const auto id = scored.graph.find_edge(edge);
    REQUIRE(id);
    return scored.scores[static_cast<std::size_t>(id->value)];
}

bool in_circuit(const ScoredGraph& scored, const std::string& edge)
{
    return scored.circuit[static_cast<std::size_t>(scored.graph.find_edge(edge)->value)];
}

/// Every edge a score of its own, every third in the circuit.
ScoredGraph sample(const GraphShape& shape, const GraphOptions& options)
{
    ScoredGraph scored{ ComputationalGraph(shape, options), {}, {}, "eap", "zero", "target", {} };
    for (std::size_t e = 0; e < scored.graph.edges().size(); ++e) {
        scored.scores.push_back(
            (e % 2 == 0 ? 1.0F : -1.0F) / (1.0F + static_cast<float>(e) * 0.3F));
        scored.circuit.push_back(e % 3 == 0);
    }
    return scored;
}

std::string error_of(const std::string& text, const GraphShape& shape = fixture_shape)
{
    try {
        parse_graph_json(text, "file.json", shape);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

bool mentions(const std::string& message, const std::string& part)
{
    return message.starts_with("file.json: ") && message.find(part) != std::string::npos;
}

/// A scores.json with these edges.
std::string scores_with(const std::string& edges)
{
    return R"({"graph": "full", "edges": [)" + edges + "]}";
}
std::string eap_ig_with(const std::string& edges)
{
    return R"({"cfg": {"n_layers": 1, "n_heads": 2, "parallel_attn_mlp": false, "d_model": 8},
        "nodes": {}, "edges": {)"
        + edges + "}}";
}

} // namespace

TEST_CASE("a graph as EAP-IG writes it")
{
    const ScoredGraph scored = read_graph_json(fixture_path, fixture_shape);
    const auto json = fixture();
    REQUIRE(scored.graph.edges().size() == json["edges"].size());
    REQUIRE(scored.circuit.size() == scored.scores.size());
    for (const auto& [name, edge] : json["edges"].items()) {
        CAPTURE(name);
        CHECK(score_of(scored, name) == edge["score"].get<float>());
        CHECK(in_circuit(scored, name) == edge["in_graph"].get<bool>());
    }
    CHECK(scored.notes.empty());
}

TEST_CASE("what is written for EAP-IG has its every node, edge and field")
{
    const ScoredGraph scored = read_graph_json(fixture_path, fixture_shape);
    CHECK(nlohmann::json::parse(eap_ig_json(scored, 8)) == fixture());
}

TEST_CASE("graphs come back as they were written")
{
    const GraphShape shape{ 3, 4, 2, 24 };
    for (const GraphOptions& options : { GraphOptions{ GraphKind::full, 0 },
             GraphOptions{ GraphKind::full, 8 }, GraphOptions{ GraphKind::paper, 0 } }) {
        const ScoredGraph scored = sample(shape, options);
        const ScoredGraph again = parse_graph_json(scores_json(scored, "a model"), "file", shape);
        CHECK(again.graph.options() == options);
        CHECK(again.scores == scored.scores);
        CHECK(again.circuit == scored.circuit);
        CHECK(again.method == "eap");
        CHECK(again.baseline == "zero");
        CHECK(again.positions == "target");
        CHECK(again.notes.empty());
    }
    const GraphShape ungrouped{ 3, 4, 4, 24 };
    const ScoredGraph scored = sample(ungrouped, {});
    const ScoredGraph again = parse_graph_json(eap_ig_json(scored, 16), "file", ungrouped);
    CHECK(again.scores == scored.scores);
    CHECK(again.circuit == scored.circuit);
    CHECK(again.positions == "all");
}

TEST_CASE("shared keys and values: repeated where written, summed where read")
{
    const GraphShape shape{ 2, 4, 2, 24 };
    const ScoredGraph scored = sample(shape, {});
    const std::string text = eap_ig_json(scored, 16);
    const auto json = nlohmann::json::parse(text);
    CHECK(json["edges"].size() == ComputationalGraph({ 2, 4, 4, 24 }, {}).edges().size());
    for (const char* head : { "2", "3" })
        for (const char* kind : { "<k>", "<v>" }) {
            const std::string name = std::string("m0->a1.h") + head + kind;
            CHECK(json["edges"][name]["score"].get<float>()
                == score_of(scored, std::string("m0->a1.h1") + kind));
        }
    const ScoredGraph again = parse_graph_json(text, "file", shape);
    REQUIRE(again.notes.size() == 1);
    CHECK(again.notes[0].find("summed") != std::string::npos);
    for (std::size_t e = 0; e < scored.scores.size(); ++e) {
        const auto kind = scored.graph.node(scored.graph.edges()[e].target).kind;
        const float times = kind == NodeKind::key || kind == NodeKind::value ? 2 : 1;
        CHECK(again.scores[e] == doctest::Approx(times * scored.scores[e]));
    }
    CHECK(again.circuit == scored.circuit);

    auto one_marked = json;
    for (auto& edge : one_marked["edges"])
        edge["in_graph"] = false;
    one_marked["edges"]["input->a1.h2<k>"]["in_graph"] = true;
    const ScoredGraph marked = parse_graph_json(one_marked.dump(), "file", shape);
    CHECK(std::ranges::count(marked.circuit, true) == 1);
    CHECK(in_circuit(marked, "input->a1.h1<k>"));
}

TEST_CASE("a key and a value for every query head, where both sides have them")
{
    const GraphShape model{ 2, 4, 2, 24 };
    const GraphShape per_head{ 2, 4, 4, 24 };
    const ScoredGraph scored = sample(per_head, {});
    for (const std::string& text : { eap_ig_json(scored, 16), scores_json(scored, "a model") }) {
        for (const auto wanted : { KeyValueEdges::per_query_head, KeyValueEdges::as_in_file }) {
            const ScoredGraph again = parse_graph_json(text, "file", model, wanted);
            CHECK(again.graph.shape() == per_head);
            CHECK(again.scores == scored.scores);
            CHECK(again.circuit == scored.circuit);
            CHECK(again.notes.empty());
        }
        const ScoredGraph shared = parse_graph_json(text, "file", model);
        CHECK(shared.graph.shape() == model);
        CHECK(score_of(shared, "m0->a1.h1<k>")
            == doctest::Approx(
                score_of(scored, "m0->a1.h2<k>") + score_of(scored, "m0->a1.h3<k>")));
    }
    // A file that has each key once says so, and every query head gets its score.
    const ScoredGraph grouped = sample(model, {});
    const std::string text = scores_json(grouped, "a model");
    CHECK(parse_graph_json(text, "file", model, KeyValueEdges::as_in_file).graph.shape() == model);
    const ScoredGraph repeated
        = parse_graph_json(text, "file", model, KeyValueEdges::per_query_head);
    REQUIRE(repeated.scores.size() == scored.scores.size());
    for (const char* head : { "2", "3" })
        for (const char* kind : { "<k>", "<v>" }) {
            const std::string name = std::string("m0->a1.h") + head + kind;
            CHECK(score_of(repeated, name)
                == score_of(grouped, std::string("m0->a1.h1") + kind));
            CHECK(in_circuit(repeated, name)
                == in_circuit(grouped, std::string("m0->a1.h1") + kind));
        }
    REQUIRE(repeated.notes.size() == 1);
    auto json = nlohmann::json::parse(text);
    json["kv_heads"] = 3;
    CHECK(mentions(error_of(json.dump(), model), "kv_heads"));
}

TEST_CASE("scores.json says how the scores came about, and keeps their precision")
{
    const GraphShape shape{ 1, 2, 2, 8 };
    ScoredGraph scored{ ComputationalGraph(shape, {}), {}, {}, "eap-ig", "corrupted", "all", {} };
    for (std::size_t e = 0; e < scored.graph.edges().size(); ++e)
        scored.scores.push_back(1.0 / 3.0 / static_cast<double>(e + 1));
    ScoreOrigin& origin = scored.origin;
    origin.model = "a \"model\"";
    origin.task = "task.jsonl";
    origin.path = "inputs";
    origin.points = "left";
    origin.steps = 5;
    origin.metric = "logit-diff";
    origin.metric_value = -0.1234567890123456;
    origin.examples = 24;
    origin.dtype = "float64";
    origin.seed = 18446744073709551615ULL;
    origin.version = "1.2.3";
    const std::string text = scores_json(scored, origin.model);
    const auto json = nlohmann::json::parse(text);
    for (const char* field : { "model", "task", "graph", "mlp_group_size", "kv_heads", "method",
             "steps", "path", "points", "baseline", "positions", "metric", "metric_value",
             "examples", "dtype", "seed", "version" })
        CHECK(json.contains(field));
    CHECK(json["steps"].is_number_integer());
    const ScoredGraph again = parse_graph_json(text, "file", shape);
    CHECK((again.origin == origin));
    CHECK(again.scores == scored.scores); // to the last of 17 digits
    CHECK(scores_json(again, origin.model) == text);

    // What was computed in float32 has at most 9 digits, and is the same float again.
    origin.dtype = "float32";
    for (double& score : scored.scores)
        score = static_cast<double>(static_cast<float>(score));
    const std::string narrow = scores_json(scored, origin.model);
    CHECK(narrow.size() < text.size());
    CHECK(parse_graph_json(narrow, "file", shape).scores == scored.scores);

    // Nothing is computed from these: other programs may have written something else there.
    auto odd = json;
    odd["task"] = { 1, 2 };
    odd["seed"] = "none";
    odd["steps"] = nullptr;
    CHECK(parse_graph_json(odd.dump(), "file", shape).origin.task.empty());
}

TEST_CASE("parallel blocks are told apart by cfg")
{
    auto json = fixture();
    json["cfg"]["parallel_attn_mlp"] = true;
    CHECK(mentions(error_of(json.dump()), "parallel_attn_mlp"));

    GraphShape parallel{ 2, 3, 3, 8 };
    parallel.parallel = true;
    const ScoredGraph scored = sample(parallel, {});
    const std::string text = eap_ig_json(scored, 8);
    CHECK(nlohmann::json::parse(text)["cfg"]["parallel_attn_mlp"] == true);
    CHECK(text.find("a1.h0->m1") == std::string::npos);
    CHECK(parse_graph_json(text, "file", parallel).scores == scored.scores);
    const GraphShape in_turn{ 2, 3, 3, 8 };
    CHECK(mentions(error_of(text, in_turn), "parallel_attn_mlp"));
}

TEST_CASE("edges that are not listed count as 0, and unmarked files have no circuit")
{
    const ScoredGraph scored
        = parse_graph_json(scores_with(R"({"source": "input", "target": "logits", "score": 2})"),
            "file", fixture_shape);
    CHECK(score_of(scored, "input->logits") == 2);
    CHECK(score_of(scored, "m0->logits") == 0);
    CHECK(scored.circuit.empty());
    REQUIRE(scored.notes.size() == 1);
    CHECK(scored.notes[0].find("12 of the graph's 13 edges") != std::string::npos);

    auto json = fixture();
    for (auto& edge : json["edges"])
        edge["in_graph"] = false;
    CHECK(parse_graph_json(json.dump(), "file", fixture_shape).circuit.empty());
    json["nodes"]["m0"]["neurons"] = { true, false };
    CHECK(parse_graph_json(json.dump(), "file", fixture_shape).notes.size() == 1);
}

TEST_CASE("a circuit without scores is its marks, and one of nodes its nodes' scores")
{
    auto marked = fixture();
    std::size_t marks = 0;
    for (auto& edge : marked["edges"]) {
        edge.erase("score");
        edge["in_graph"] = edge["in_graph"].get<bool>() ? 1 : 0; // as some tools write flags
        marks += edge["in_graph"].get<std::size_t>();
    }
    const ScoredGraph original = read_graph_json(fixture_path, fixture_shape);
    REQUIRE(marks > 0);
    const ScoredGraph binary = parse_graph_json(marked.dump(), "file", fixture_shape);
    CHECK(binary.circuit == original.circuit);
    REQUIRE(binary.notes.size() == 1);
    CHECK(binary.notes[0].find("no scores") != std::string::npos);
    for (std::size_t i = 0; i < binary.scores.size(); ++i)
        CHECK(binary.scores[i] == (binary.circuit[i] ? 1 : 0));

    // Older versions of EAP-IG write null; a null beside scores is an edge never scored.
    auto partly = fixture();
    for (auto& edge : marked["edges"])
        edge["score"] = nullptr;
    CHECK((parse_graph_json(marked.dump(), "file", fixture_shape).scores == binary.scores));
    partly["edges"]["m0->logits"]["score"] = nullptr;
    CHECK(score_of(parse_graph_json(partly.dump(), "file", fixture_shape), "m0->logits") == 0);

    auto of_nodes = fixture();
    double score = 1;
    for (auto& [name, node] : of_nodes["nodes"].items()) {
        node = { { "in_graph", name != "a0.h1" }, { "score", score } };
        score += 1;
    }
    for (auto& edge : of_nodes["edges"]) {
        edge["score"] = 0.0;
        edge["in_graph"] = false;
    }
    const ScoredGraph nodes = parse_graph_json(of_nodes.dump(), "file", fixture_shape);
    REQUIRE(nodes.notes.size() == 1);
    CHECK(nodes.notes[0].find("circuit of nodes") != std::string::npos);
    for (const auto& [name, edge] : of_nodes["edges"].items()) {
        CAPTURE(name);
        const std::string source = name.substr(0, name.find("->"));
        CHECK(score_of(nodes, name) == of_nodes["nodes"][source]["score"].get<float>());
        CHECK(in_circuit(nodes, name) == (name.find("a0.h1") == std::string::npos));
    }
}

TEST_CASE("edges that are all scored 0 and unmarked are no ranking")
{
    const auto refusal = [](const nlohmann::json& json) -> std::string {
        try {
            parse_graph_json(json.dump(), "file", fixture_shape);
        } catch (const InputError& error) {
            return error.what();
        }
        return {};
    };
    auto json = fixture();
    for (auto& edge : json["edges"])
        edge = { { "score", 0.0 }, { "in_graph", false } };
    CHECK(refusal(json).find("all are scored 0") != std::string::npos);
    json["nodes"]["m0"]["neurons_scores"] = { 1.5, -2.0 };
    CHECK(refusal(json).find("neurons_scores") != std::string::npos);
    // What scores the edges besides is read.
    json["edges"]["m0->logits"]["score"] = 1.0;
    CHECK(refusal(json).empty());
    const std::string zeros = scores_with(R"({"source": "input", "target": "logits", "score": 0})");
    CHECK(refusal(nlohmann::json::parse(zeros)).find("all are scored 0") != std::string::npos);
    const std::string marked
        = scores_with(R"({"source": "input", "target": "logits", "score": 0, "in_circuit": true})");
    CHECK(refusal(nlohmann::json::parse(marked)).empty());
}

TEST_CASE("NaN on a node means that it was not scored, whatever the strings say")
{
    std::string text = fixture().dump();
    const auto at = text.find("\"nodes\":{");
    REQUIRE(at != std::string::npos);
    text.insert(at + 9, R"("input <NaN> \" Infinity": {"score": -Infinity},)");
    const ScoredGraph with = parse_graph_json(text, "file", fixture_shape);
    const ScoredGraph original = read_graph_json(fixture_path, fixture_shape);
    CHECK((with.scores == original.scores));
    CHECK(with.circuit == original.circuit);
}

TEST_CASE("graphs that EAP-IG cannot hold are refused")
{
    CHECK_THROWS_AS(eap_ig_json(sample(fixture_shape, { GraphKind::paper, 0 }), 8), InputError);
    CHECK_THROWS_AS(eap_ig_json(sample(fixture_shape, { GraphKind::full, 4 }), 8), InputError);
}

TEST_CASE("a bad file gets an error that names the file and the field")
{
    const std::string edge = R"({"source": "input", "target": "logits", "score": 1})";
    CHECK(error_of(scores_with(edge)).empty());
    CHECK(mentions(error_of(""), "not valid JSON"));
    CHECK(mentions(error_of("[]"), "JSON object"));
    CHECK(mentions(error_of("7"), "JSON object"));
    CHECK(mentions(error_of("{}"), "edges"));
    CHECK(mentions(error_of(R"({"edges": 3})"), "edges"));
    CHECK(mentions(error_of(R"({"edges": []})"), "graph"));
    CHECK(mentions(error_of(R"({"edges": {}})"), "cfg"));
    CHECK(mentions(error_of(R"({"graph": "whole", "edges": []})"), "graph"));
    CHECK(mentions(error_of(R"({"graph": ["full"], "edges": []})"), "graph"));
    CHECK(mentions(
        error_of(R"({"graph": "full", "mlp_group_size": 0.5, "edges": []})"), "mlp_group_size"));
    CHECK(mentions(
        error_of(R"({"graph": "full", "mlp_group_size": 1e300, "edges": []})"), "mlp_group_size"));
    CHECK(mentions(
        error_of(R"({"graph": "full", "edges": [], "edges": []})"), "edges is given twice"));
    CHECK(mentions(error_of(scores_with("3")), "edges[0]"));
    CHECK(mentions(error_of(scores_with(edge + "," + edge)), "listed twice"));
    CHECK(mentions(error_of(scores_with(edge + R"(,{"source": "m0", "target": "logits"})")),
        "edges[1]: score is missing"));
    CHECK(mentions(error_of(scores_with(R"({"target": "logits", "score": 1})")), "source"));
    CHECK(mentions(error_of(scores_with(R"({"source": 1, "target": "logits", "score": 1})")),
        "source must be a string"));
    CHECK(mentions(error_of(scores_with(R"({"source": "logits", "target": "logits", "score": 1})")),
        "source"));
    CHECK(mentions(error_of(scores_with(R"({"source": "m7", "target": "logits", "score": 1})")),
        "m7->logits"));
    CHECK(mentions(
        error_of(scores_with(R"({"source": "m0", "target": "a0.h0<q>", "score": 1})")), "no edge"));
    CHECK(mentions(
        error_of(scores_with(R"({"source": "m0", "target": "logits", "score": 1, "score": 2})")),
        "score is given twice"));
    for (const char* score : { "NaN", "-Infinity", "1e999", "1e60", "\"1\"", "null", "[1]", "{}" }) {
        CAPTURE(score);
        const std::string start = R"({"source": "m0", "target": "logits", "score": )";
        CHECK_FALSE(error_of(scores_with(start + score + "}")).empty());
    }
    CHECK(mentions(error_of(eap_ig_with(R"("m0->logits": true)")), "m0->logits"));
    CHECK(mentions(error_of(eap_ig_with(R"("m0-logits": {"score": 1})")), "no name of an edge"));
    CHECK(mentions(error_of(eap_ig_with(R"("m0->logits": {"in_graph": false})")), "none has a score"));
    CHECK(mentions(
        error_of(eap_ig_with(R"("m0->logits": {"score": 1, "in_graph": 2})")), "in_graph"));
    CHECK(mentions(error_of(eap_ig_with(R"("m0->logits": {"score": NaN})")), "finite number"));
    CHECK(mentions(error_of(eap_ig_with(R"("m0->logits": {"score": Infinity})")), "finite number"));
    CHECK(
        mentions(error_of(eap_ig_with(R"("m0->logits": {"score": 1}, "m0->logits": {"score": 2})")),
            "listed twice"));
    CHECK(mentions(error_of(eap_ig_with(R"("\u001b[31m->logits": {"score": 1})")), "\uFFFD[31m"));
    CHECK(mentions(error_of(fixture().dump(), { 2, 2, 2, 8 }), "n_layers"));
    CHECK(mentions(error_of(fixture().dump(), { 1, 4, 4, 8 }), "n_heads"));
    CHECK(mentions(error_of("{\"graph\": \"\xff\"}"), "UTF-8"));
    const std::string deep = scores_with(R"({"x": )" + std::string(100'000, '['));
    CHECK(mentions(error_of(deep), "nested"));
    const std::string whole = fixture().dump();
    for (std::size_t length = 0; length < whole.size(); length += 7)
        CHECK_FALSE(error_of(whole.substr(0, length)).empty());
}
