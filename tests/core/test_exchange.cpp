#include "core/exchange/event_file.h"
#include "core/exchange/event_records.h"
#include "core/exchange/gexf.h"
#include "core/exchange/run_table.h"
#include "core/layout/attribution_graph.h"
#include "core/layout/lattice_layout.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <regex>
#include <sstream>

// A run as other programs read it. Beside these tests the files were read once by networkx, pandas and
// TensorBoard.

using namespace circuitloom;

namespace {

constexpr int iterations = 150; // more than are read at a time

/// A run that discovers at every second step.
void make_run(const std::filesystem::path& file, const std::string& name = "circuit-tuning")
{
    RunWriter writer(file, samples::description(name));
    for (int i = 0; i < iterations; ++i) {
        IterationRecord record = samples::iteration(i);
        record.step = 2 * i;
        record.seconds = 0.5;
        writer.add_iteration(record, samples::circuit(i));
        writer.add_step({ 2 * i + 1, 1.0 + i, std::numeric_limits<double>::quiet_NaN(), 0.25 });
        writer.add_step({ 2 * i + 2, 1.5 + i, 0.5, 0.25 });
    }
    writer.add_evaluations({ { 4, "was/were", "accuracy", 0.75, 8 } });
    writer.set_state(RunState::finished);
}

/// A number of so many bytes, the lowest first.
std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size)
{
    REQUIRE(at + size <= bytes.size());
    std::uint64_t number = 0;
    for (std::size_t i = size; i-- > 0;)
        number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

/// Bit by bit, as the polynomial's division is defined.
std::uint32_t divided(std::string_view bytes)
{
    std::uint32_t rest = 0xFFFFFFFF;
    for (const char byte : bytes)
        for (int bit = 0; bit < 8; ++bit) {
            const auto low = static_cast<std::uint32_t>(static_cast<unsigned char>(byte) >> bit);
            const bool odd = ((rest ^ low) & 1) != 0;
            rest = odd ? (rest >> 1) ^ 0x82F63B78 : rest >> 1;
        }
    return rest ^ 0xFFFFFFFF;
}

/// What a record holds whose frame is sound; `at` goes behind it.
std::string_view event_at(std::string_view bytes, std::size_t& at)
{
    const auto sound = [](std::string_view part, std::uint64_t checksum) {
        const std::uint32_t plain = divided(part);
        return checksum == std::uint32_t{ (plain >> 15 | plain << 17) + 0xA282EAD8U };
    };
    const auto size = static_cast<std::size_t>(number_at(bytes, at, 8));
    CHECK(sound(bytes.substr(at, 8), number_at(bytes, at + 8, 4)));
    const std::string_view event = bytes.substr(at + 12, size);
    CHECK(sound(event, number_at(bytes, at + 12 + size, 4)));
    at += size + 16;
    return event;
}

std::uint64_t varint_at(std::string_view bytes, std::size_t& at)
{
    std::uint64_t number = 0;
    for (int shift = 0;; shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.at(at++));
        number |= std::uint64_t{ byte & 0x7FU } << shift;
        if (byte < 0x80)
            return number;
    }
}

/// The fields of a protobuf message: numbers as they are, texts as they are.
struct Message
{
    std::map<std::uint64_t, std::uint64_t> numbers;
    std::map<std::uint64_t, std::string_view> texts;
};

Message message_of(std::string_view bytes)
{
    Message message;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::uint64_t key = varint_at(bytes, at);
        const std::uint64_t field = key >> 3;
        const std::uint64_t wire = key & 7;
        if (wire == 0) {
            message.numbers[field] = varint_at(bytes, at);
        } else if (wire == 2) {
            const auto size = static_cast<std::size_t>(varint_at(bytes, at));
            message.texts[field] = bytes.substr(at, size);
            at += size;
        } else {
            const std::size_t size = wire == 1 ? 8 : 4;
            REQUIRE((wire == 1 || wire == 5));
            message.numbers[field] = number_at(bytes, at, size);
            at += size;
        }
    }
    return message;
}

std::size_t occurrences(const std::string& text, const std::string& what)
{
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1))
        ++count;
    return count;
}

} // namespace

TEST_CASE("a run's table has every edge of every circuit, read back exactly")
{
    const samples::TemporaryFolder folder;
    make_run(folder / "a.loom");
    const ExperimentReader reader(folder / "a.loom");
    std::string text;
    write_run_table(reader, reader.runs().front(), [&](std::string_view piece) { text += piece; });
    std::istringstream lines(text);
    std::string line;
    const auto next = [&] {
        REQUIRE(std::getline(lines, line));
        REQUIRE(line.ends_with('\r'));
        line.pop_back();
    };
    next();
    CHECK(line == "iteration,step,rank,source,target,score");
    for (int i = 0; i < iterations; ++i) {
        int rank = 0;
        for (const ScoredEdge& scored : samples::circuit(i)) {
            next();
            const std::string begin = std::to_string(i) + "," + std::to_string(2 * i) + ","
                + std::to_string(++rank) + ",";
            const std::string name = samples::graph().edge_name(scored.edge);
            const std::size_t arrow = name.find("->");
            REQUIRE(line.starts_with(
                begin + name.substr(0, arrow) + "," + name.substr(arrow + 2) + ","));
            REQUIRE(std::stof(line.substr(line.rfind(',') + 1)) == scored.score);
        }
    }
    CHECK_FALSE(std::getline(lines, line));
}

TEST_CASE("a run in time: every edge has its score and its stays at the steps of the circuits")
{
    const samples::TemporaryFolder folder;
    make_run(folder / "a.loom", "a <run> & \"more\"");
    const ExperimentReader reader(folder / "a.loom");
    const RunSummary run = reader.runs().front();
    const std::string text = run_to_gexf(reader, run, lattice_layout(samples::graph()));
    CHECK(text.find("a &lt;run&gt; &amp; &quot;more&quot;") != text.npos);
    std::size_t all = 0;
    std::map<int, std::map<int, float>> scores; // of each edge, by iteration
    for (int i = 0; i < iterations; ++i)
        for (const ScoredEdge& scored : samples::circuit(i)) {
            scores[scored.edge.value][i] = scored.score;
            ++all;
        }
    CHECK(occurrences(text, "<attvalue for=\"score\"") == all);
    CHECK(occurrences(text, "<attvalue for=\"weight\"") == all);
    CHECK(occurrences(text, "<edge id=") == scores.size());
    const std::regex value("for=\"score\" value=\"([^\"]*)\" start=\"([0-9]+)\" end=\"([0-9]+)\"");
    const std::regex spell("<spell start=\"([0-9]+)\" end=\"([0-9]+)\"/>");
    const std::sregex_iterator end;
    for (const auto& [edge, by_iteration] : scores) {
        const std::size_t from = text.find("<edge id=\"e" + std::to_string(edge) + "\"");
        REQUIRE(from != text.npos);
        const std::string element = text.substr(from, text.find("</edge>", from) - from);
        auto found = std::sregex_iterator(element.begin(), element.end(), value);
        for (const auto& [i, score] : by_iteration) {
            REQUIRE(found != end);
            CHECK(std::stof((*found)[1]) == score);
            CHECK(std::stoi((*found)[2]) == 2 * i);
            CHECK(std::stoi((*found)[3]) == 2 * i + (i + 1 < iterations ? 1 : 2)); // to the run's end
            ++found;
        }
        // The steps of the stays are those of the scores, and between two stays there are some.
        int steps = 0;
        int before = -2;
        for (auto stay = std::sregex_iterator(element.begin(), element.end(), spell); stay != end;
             ++stay) {
            CHECK(std::stoi((*stay)[1]) > before + 1);
            before = std::stoi((*stay)[2]);
            steps += before - std::stoi((*stay)[1]) + 1;
        }
        const int of_scores = 2 * static_cast<int>(by_iteration.size())
            + (by_iteration.contains(iterations - 1) ? 1 : 0);
        CHECK(steps == of_scores);
    }
    // Nodes: the ends of these edges, each once.
    for (const auto& [edge, by_iteration] : scores) {
        const Edge& ends = samples::graph().edge({ edge });
        const std::string source = node_name(samples::graph().node(ends.source));
        CHECK(occurrences(text, "<node id=\"" + source + "\"") == 1);
    }
}

TEST_CASE("a run's curves for TensorBoard: sound records in the order of their steps")
{
    const samples::TemporaryFolder folder;
    make_run(folder / "a.loom", "ä run/1");
    const ExperimentReader reader(folder / "a.loom");
    const RunSummary run = reader.runs().front();
    const std::string bytes = run_to_events(reader, run);
    std::size_t at = 0;
    const Message first = message_of(event_at(bytes, at));
    CHECK(first.texts.at(3) == "brain.Event:2");
    std::map<std::string, std::map<std::int64_t, float>> curves;
    std::int64_t step = 0;
    double time = static_cast<double>(run.created);
    while (at < bytes.size()) {
        const Message event = message_of(event_at(bytes, at));
        const auto now = static_cast<std::int64_t>(event.numbers.at(2));
        const auto wall = std::bit_cast<double>(event.numbers.at(1));
        CHECK(now >= step);
        CHECK(wall >= time);
        step = now;
        time = wall;
        const Message value = message_of(message_of(event.texts.at(5)).texts.at(1));
        curves[std::string(value.texts.at(1))][now]
            = std::bit_cast<float>(static_cast<std::uint32_t>(value.numbers.at(2)));
    }
    CHECK(time == static_cast<double>(run.created) + 0.5 * iterations);
    CHECK(curves.at("train/loss").size() == 2 * iterations);
    CHECK(curves.at("train/loss").at(7) == 4.0F);
    CHECK(curves.at("train/learning-rate").at(300) == 0.25F);
    CHECK(curves.at("circuit/edges").at(298) == 12.0F);
    CHECK(curves.at("circuit/tunable-share").at(0) == 0.125F);
    CHECK_FALSE(curves.at("circuit/turnover").contains(0)); // the first has none before it
    CHECK(curves.at("circuit/turnover").at(10) == 5.0F / 12);
    CHECK(curves.at("was/were/accuracy").at(4) == 0.75F);
    for (const auto& [tag, curve] : curves)
        if (tag.starts_with("train/") && tag != "train/loss" && tag != "train/learning-rate")
            CHECK(curve.size() == iterations); // what is no number is left out
    CHECK(event_file_name(run).starts_with(
        std::to_string(run.id.value) + "-run-1/events.out.tfevents."));
}

TEST_CASE("a circuit for circuit-tracer's viewer: its nodes, its edges added up, its supernodes")
{
    const ComputationalGraph graph({ 3, 4, 4, 8 }, { GraphKind::full, 4 });
    const Circuit circuit = samples::circuit(3, 60);
    std::map<std::string, std::map<std::string, double>> weights;
    const auto drawn = [&](NodeId node) { // without which of a head's inputs it is
        const std::string name = node_name(graph.node(node));
        return name.substr(0, name.find('<'));
    };
    const CircuitLayout layout = lattice_layout(graph);
    for (const ScoredEdge& scored : circuit) {
        const Edge& edge = graph.edge(scored.edge);
        weights[drawn(edge.source)][drawn(edge.target)] += static_cast<double>(scored.score);
    }
    const std::string some = drawn(graph.edge(circuit.front().edge).source);
    const nlohmann::json whole = nlohmann::json::parse(circuit_to_attribution_graph(graph, circuit,
        layout, { "my/model", 2, "A Run", "circuit", 3, 6 },
        { { "group", { some, "a99.h9" }, false }, { "none of it", { "a99.h9" }, false } }));
    std::size_t pairs = 0;
    std::map<std::string, bool> linked;
    for (const auto& [source, targets] : weights) {
        pairs += targets.size();
        linked[source] = true;
        for (const auto& [target, weight] : targets)
            linked[target] = true;
    }
    CHECK(whole["links"].size() == pairs);
    for (const nlohmann::json& link : whole["links"])
        CHECK(link["weight"].get<double>()
            == doctest::Approx(weights.at(link["source"].get<std::string>())
                                   .at(link["target"].get<std::string>())));
    CHECK(whole["nodes"].size() == linked.size());
    for (const nlohmann::json& node : whole["nodes"]) {
        CAPTURE(node["node_id"].dump());
        CHECK(linked.contains(node["node_id"].get<std::string>()));
        for (const char* key : { "feature", "layer", "ctx_idx", "feature_type", "jsNodeId", "clerp" })
            CHECK(node.contains(key)); // as the schema requires
    }
    CHECK(whole["qParams"]["supernodes"] == nlohmann::json::array({ { "group", some } }));
    CHECK(whole["qParams"]["pinnedIds"] == nlohmann::json::array({ some }));
    CHECK(whole["metadata"]["slug"] == "a-run-run-2-iteration-3");
    for (const char* key : { "scan", "prompt", "prompt_tokens" })
        CHECK(whole["metadata"].contains(key));
}

TEST_CASE("CRC-32C as RFC 3720 has it")
{
    CHECK(crc32c("123456789") == 0xE3069283); // the known check value
    CHECK(crc32c(std::string(32, '\0')) == 0x8A9136AA); // RFC 3720, B.4
    CHECK(crc32c(std::string(32, '\xFF')) == 0x62A8AB43);
}
