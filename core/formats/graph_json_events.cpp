#include "core/formats/graph_json_events.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <variant>

namespace circuitloom {

namespace {

constexpr std::size_t max_depth = 64;
constexpr std::size_t name_in_message = 60;
constexpr std::size_t max_nodes = std::size_t{ 1 } << 22;

using Value = std::variant<std::monostate, bool, double, std::string>;

// As Python writes what JSON has no number for.
constexpr std::array<std::string_view, 3> not_finite{ "NaN", "-Infinity", "Infinity" };

bool is_not_finite(std::string_view word)
{
    return std::ranges::find(not_finite, word) != not_finite.end();
}

/// `text` with these words in quotation marks where they stand as values, so that the parser hands
/// them on; nothing where there is none.
std::optional<std::string> with_quoted_words(std::string_view text)
{
    if (std::ranges::none_of(not_finite,
            [text](std::string_view word) { return text.find(word) != std::string_view::npos; }))
        return std::nullopt;
    std::string quoted;
    quoted.reserve(text.size() + text.size() / 16);
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (in_string && text[i] == '\\') {
            quoted += text.substr(i++, 2);
            continue;
        }
        in_string = in_string != (text[i] == '"');
        const auto word = std::ranges::find_if(not_finite,
            [&](std::string_view known) { return text.substr(i).starts_with(known); });
        if (in_string || word == not_finite.end()) {
            quoted += text[i];
            continue;
        }
        (quoted += '"').append(*word) += '"';
        i += word->size() - 1;
    }
    return quoted;
}

/// Follows where in the file the parser is by the keys that lead there.
class GraphEvents : public nlohmann::json_sax<nlohmann::json>
{
public:
    explicit GraphEvents(std::string_view origin)
        : origin_(origin)
    {
    }

    GraphFile take()
    {
        if (!seen_.contains("edges"))
            fail("edges", "is missing");
        if (file_.layout == GraphFile::Layout::eap_ig) {
            if (!seen_.contains("cfg"))
                fail("cfg", "is missing");
        } else if (!seen_.contains("graph")) {
            fail("graph", "is missing");
        }
        return std::move(file_);
    }

    bool null() override { return value({}); }
    bool boolean(bool flag) override { return value(flag); }
    bool number_integer(std::int64_t number) override { return value(static_cast<double>(number)); }
    bool number_unsigned(std::uint64_t number) override
    {
        if (keys_.size() == 1 && keys_.front() == "seed") {
            file_.origin.seed = number; // A double would not hold every seed.
            return true;
        }
        return value(static_cast<double>(number));
    }
    bool number_float(double number, const std::string&) override { return value(number); }
    bool string(std::string& text) override { return value(std::move(text)); }
    bool binary(nlohmann::json::binary_t&) override { return true; } // not in JSON texts

    bool start_object(std::size_t) override { return open(true); }
    bool end_object() override
    {
        if (in_edge())
            finish_edge();
        keys_.pop_back();
        return true;
    }
    bool start_array(std::size_t) override { return open(false); }
    bool end_array() override
    {
        keys_.pop_back();
        return true;
    }
    bool key(std::string& name) override
    {
        keys_.back() = std::move(name);
        if (keys_.size() == 1 && is_field(keys_.front()) && !seen_.insert(keys_.front()).second)
            fail(keys_.front(), "is given twice");
        if (keys_.size() == 2 && keys_[0] == "cfg" && !configured_.insert(keys_[1]).second)
            fail("cfg: " + for_message(keys_[1]), "is given twice");
        if (keys_.size() == 3 && keys_[0] == "nodes" && keys_[2] == "neurons")
            file_.has_neurons = true;
        if (keys_.size() == 3 && keys_[0] == "nodes" && keys_[2] == "neurons_scores")
            file_.scores_neurons = true;
        return true;
    }
    bool parse_error(std::size_t position, const std::string&,
        const nlohmann::json::exception& error) override
    {
        if (dynamic_cast<const nlohmann::json::parse_error*>(&error) == nullptr)
            throw InputError(origin_ + ": a number in the JSON is too large.");
        throw InputError(origin_ + ": not valid JSON in UTF-8 at byte " + std::to_string(position)
            + ".");
    }

private:
    [[noreturn]] void fail(const std::string& field, const std::string& what) const
    {
        throw InputError(origin_ + ": " + field + " " + what + ".");
    }

    // What is being read.
    std::string edge_label() const
    {
        if (file_.layout == GraphFile::Layout::scores)
            return "edges[" + std::to_string(file_.edges.size()) + "]"; // has no whole heads
        return "edges: " + for_message(keys_[1], name_in_message);
    }

    /// Directly inside one edge's object.
    bool in_edge() const { return keys_.size() == 3 && keys_[0] == "edges"; }

    bool open(bool object)
    {
        if (keys_.empty() && !object)
            throw InputError(origin_ + ": must be a JSON object.");
        if (keys_.size() == max_depth)
            throw InputError(origin_ + ": the JSON is nested deeper than "
                + std::to_string(max_depth) + " levels.");
        if (keys_.size() == 1) {
            const std::string& field = keys_.front();
            if (field == "edges")
                file_.layout = object ? GraphFile::Layout::eap_ig : GraphFile::Layout::scores;
            else if (field == "cfg" && !object)
                fail(field, "must be a JSON object");
            else if (is_single(field))
                fail(field, "must be a single value");
        } else if (keys_.size() == 2 && keys_[0] == "edges") {
            if (!object)
                fail(edge_label(), "must be a JSON object");
            entry_ = {};
            given_.clear();
        } else if (in_edge() && is_edge_field(keys_[2])) {
            fail(edge_label(), keys_[2] + " must be a single value");
        }
        keys_.emplace_back();
        return true;
    }

    static bool is_field(const std::string& field)
    {
        return field == "edges" || field == "cfg" || is_single(field);
    }

    static bool is_single(const std::string& field)
    {
        return is_text(field) || field == "mlp_group_size" || field == "kv_heads";
    }

    static bool is_text(const std::string& field)
    {
        return field == "graph" || field == "method" || field == "baseline" || field == "positions";
    }

    bool is_edge_field(const std::string& field) const
    {
        return field == "score" || field == mark()
            || (file_.layout == GraphFile::Layout::scores
                && (field == "source" || field == "target"));
    }

    const char* mark() const
    {
        return file_.layout == GraphFile::Layout::eap_ig ? "in_graph" : "in_circuit";
    }

    bool value(const Value& given)
    {
        if (keys_.empty())
            throw InputError(origin_ + ": must be a JSON object.");
        if (keys_.size() == 1)
            take_field(keys_[0], given);
        else if (keys_.size() == 2 && keys_[0] == "cfg")
            take_configuration(keys_[1], given);
        else if (keys_.size() == 2 && keys_[0] == "edges")
            fail(edge_label(), "must be a JSON object");
        else if (in_edge())
            take_edge_field(keys_[2], given);
        else if (keys_.size() == 2 && keys_[0] == "nodes" && !keys_[1].empty())
            take_node_flag(keys_[1], "in_graph", given);
        else if (keys_.size() == 3 && keys_[0] == "nodes" && !keys_[1].empty())
            take_node_flag(keys_[1], keys_[2], given);
        return true;
    }

    void take_field(const std::string& field, const Value& given)
    {
        if (field == "edges" || field == "cfg")
            fail(field, field == "cfg" ? "must be a JSON object" : "must be a list or an object");
        if (field == "mlp_group_size")
            file_.group_size = number(field, given);
        else if (field == "kv_heads")
            file_.kv_heads = number(field, given);
        else if (field == "graph")
            file_.graph = text(field, given);
        else if (field == "method")
            file_.method = text(field, given);
        else if (field == "baseline")
            file_.baseline = text(field, given);
        else if (field == "positions")
            file_.positions = text(field, given);
        else
            take_origin(field, given);
    }

    // Nothing is computed from these, so what another program wrote there is no reason to refuse.
    void take_origin(const std::string& field, const Value& given)
    {
        ScoreOrigin& origin = file_.origin;
        if (const auto* words = std::get_if<std::string>(&given)) {
            for (const auto& [name, place] : { std::pair("model", &origin.model),
                     std::pair("task", &origin.task), std::pair("path", &origin.path),
                     std::pair("points", &origin.points), std::pair("metric", &origin.metric),
                     std::pair("dtype", &origin.dtype), std::pair("version", &origin.version) })
                if (field == name)
                    *place = *words;
        } else if (const auto* number = std::get_if<double>(&given)) {
            for (const auto& [name, place] : { std::pair("steps", &origin.steps),
                     std::pair("examples", &origin.examples),
                     std::pair("metric_value", &origin.metric_value) })
                if (field == name)
                    *place = *number;
        }
    }

    void take_configuration(const std::string& field, const Value& given)
    {
        if (field == "n_layers")
            file_.layers = number("cfg: n_layers", given);
        else if (field == "n_heads")
            file_.heads = number("cfg: n_heads", given);
        else if (field == "parallel_attn_mlp")
            file_.parallel = flag("cfg: parallel_attn_mlp", given);
    }

    void take_edge_field(const std::string& field, const Value& given)
    {
        if (!is_edge_field(field))
            return;
        const std::string where = edge_label() + ": " + field;
        if (!given_.insert(field).second)
            fail(where, "is given twice");
        if (field == "score") {
            // Older versions of EAP-IG write null for an edge that was never scored.
            if (file_.layout == GraphFile::Layout::eap_ig
                && std::holds_alternative<std::monostate>(given))
                return;
            const double score = number(where, given);
            entry_.scored = true;
            if (!(std::abs(score) <= std::numeric_limits<float>::max()))
                fail(where, "is larger than a float holds");
            entry_.score = score;
        } else if (field == "source") {
            entry_.source = node(where, text(where, given), true);
        } else if (field == "target") {
            entry_.target = node(where, text(where, given), false);
        } else {
            entry_.marked = flag(where, given);
        }
    }

    void take_node_flag(const std::string& name, const std::string& field, const Value& given)
    {
        if (field != "in_graph" && field != "score")
            return;
        if (file_.nodes.size() == max_nodes)
            fail("nodes", "has more than " + std::to_string(max_nodes) + " entries");
        GraphFile::NodeEntry& node = file_.nodes[name];
        if (field == "in_graph")
            node.marked = flag("nodes: " + for_message(name, name_in_message), given);
        else if (const double* score = std::get_if<double>(&given))
            node.score = *score;
    }

    void finish_edge()
    {
        if (file_.layout == GraphFile::Layout::scores && !given_.contains("score"))
            fail(edge_label() + ": score", "is missing");
        if (file_.layout == GraphFile::Layout::eap_ig) {
            const std::string& name = keys_[1];
            const auto arrow = name.find("->");
            if (arrow == std::string::npos)
                fail(edge_label(), "is no name of an edge");
            entry_.source = node(edge_label(), name.substr(0, arrow), true);
            const std::string target = name.substr(arrow + 2);
            const auto whole = parse_node_name(target, true);
            if (whole && whole->kind == NodeKind::head)
                return add_whole_head(*whole);
            entry_.target = node(edge_label(), target, false);
        } else {
            for (const char* field : { "source", "target" })
                if (!given_.contains(field))
                    fail(edge_label() + ": " + field, "is missing");
        }
        file_.edges.push_back(entry_);
    }

    /// An edge into a head whose q, k and v are not told apart.
    void add_whole_head(const Node& head)
    {
        file_.has_whole_heads = true;
        entry_.score /= static_cast<double>(head_inputs.size());
        for (const NodeKind kind : head_inputs) {
            entry_.target = { kind, head.layer, head.index };
            file_.edges.push_back(entry_);
        }
    }

    Node node(const std::string& where, const std::string& name, bool upstream) const
    {
        const auto parsed = parse_node_name(name, upstream);
        if (!parsed)
            fail(where,
                std::string("names no node that can be the ") + (upstream ? "source" : "target")
                    + " of an edge");
        return *parsed;
    }

    double number(const std::string& where, const Value& given) const
    {
        if (const std::string* text = std::get_if<std::string>(&given); text && is_not_finite(*text))
            fail(where, "must be a finite number");
        if (!std::holds_alternative<double>(given))
            fail(where, "must be a number");
        return std::get<double>(given);
    }
    bool flag(const std::string& where, const Value& given) const
    {
        if (const double* number = std::get_if<double>(&given); number && (*number == 0 || *number == 1))
            return *number == 1;
        if (!std::holds_alternative<bool>(given))
            fail(where, "must be true or false");
        return std::get<bool>(given);
    }
    std::string text(const std::string& where, const Value& given) const
    {
        if (!std::holds_alternative<std::string>(given))
            fail(where, "must be a string");
        return std::get<std::string>(given);
    }

    std::string origin_;
    GraphFile file_;
    std::vector<std::string> keys_; ///< of every open object or list; empty inside lists
    std::set<std::string> seen_; ///< fields of the whole
    std::set<std::string> configured_; ///< fields of cfg
    GraphFile::Entry entry_; ///< the edge being read
    std::set<std::string> given_; ///< its fields so far
};

} // namespace

GraphFile parse_graph_file(std::string_view text, std::string_view origin)
{
    GraphEvents events(origin);
    const std::optional<std::string> quoted = with_quoted_words(text);
    nlohmann::json::sax_parse(quoted ? std::string_view(*quoted) : text, &events);
    return events.take();
}

} // namespace circuitloom
