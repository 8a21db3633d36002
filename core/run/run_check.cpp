#include "core/run/run_check.h"

#include "core/architecture/model_files.h"
#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/json_input.h"
#include "core/graph/require_edges.h"
#include "core/run/task_problems.h"
#include "core/tasks/encoded_choices.h"
#include "core/tasks/generated/generated_task.h"
#include "core/tasks/worded_task.h"
#include "core/tokenizer/model_tokenizer.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>

namespace circuitloom {

namespace {

constexpr std::size_t longest_sentence = 2000;
constexpr std::size_t longest_name = 200;
constexpr std::size_t most_problems = 1000; ///< and notes

/// What goes wrong in `work` is a problem of that setting.
void look(RunCheck& check, const std::string& setting, const std::function<void()>& work)
{
    try {
        work();
    } catch (const Error& why) {
        check.problems.emplace(setting, for_message(why.what(), longest_sentence));
    }
}

TaskSize size_of(const EncodedTask& task)
{
    TaskSize size;
    size.examples = static_cast<int>(task.examples.size());
    for (const EncodedExample& example : task.examples) {
        size.longest = std::max(size.longest, static_cast<int>(example.ids.size()));
        size.targets = std::max(size.targets, static_cast<int>(example.targets.size()));
    }
    return size;
}

void look_at_suites(RunCheck& check, const RunConfig& config, const Tokenizer& tokenizer)
{
    for (const SuiteReference& reference : config.capabilities)
        look(check, "capabilities", [&] {
            const CapabilitySuite suite = load_suite(reference.name, reference.source);
            if (!suite.items.empty()
                && encode_choices(suite.items, tokenizer, config.max_tokens).items.empty())
                throw InputError("The suite " + for_message(reference.source)
                    + " has no item that this model can be scored on.");
        });
}

} // namespace

RunCheck check_run(const RunConfig& config)
{
    RunCheck check;
    look(check, {}, [&] { validate(config); });
    std::optional<ModelFiles> files;
    std::optional<Tokenizer> tokenizer;
    look(check, "model", [&] {
        files.emplace(open_model_files(config.model));
        const ModelConfig model = parse_model_config(files->config_json, files->config_origin);
        check.model_config = files->config_json;
        const GraphShape shape = model.graph_shape();
        look(check, "graph.mlp_group_size", [&] {
            if (ComputationalGraph::count_edges(shape, config.graph) == 0)
                look(check, "graph.kind", [&] { require_edges(shape, config.graph); });
        });
        tokenizer.emplace(tokenizer_of(*files));
    });
    if (!tokenizer)
        return check;
    const auto read = [&](const std::string& source) {
        return load_model_task(source, *files, *tokenizer, config.max_tokens, config.strict);
    };
    const auto require_scored = [&](const EncodedTask& task) {
        if (const std::string problem = scoring_problem(task, config); !problem.empty())
            throw InputError(problem);
    };
    EncodedTask trained;
    look(check, "task.train", [&] {
        trained = read(config.task);
        check.task = size_of(trained);
        check.notes = trained.notes;
        require_scored(trained);
    });
    if (!config.held_out_task.empty())
        look(check, "task.held_out", [&] {
            const EncodedTask held_out = read(config.held_out_task);
            check.task.held_out = size_of(held_out).examples;
            if (config.held_out_task != config.task)
                check.notes.insert(check.notes.end(), held_out.notes.begin(), held_out.notes.end());
            if (const std::string note = held_out_note(trained, held_out); !note.empty())
                check.notes.push_back(note);
        });
    if (!config.reference_task.empty())
        look(check, "task.reference", [&] { require_scored(read(config.reference_task)); });
    look_at_suites(check, config, *tokenizer);
    return check;
}

RunCheck check_run(const std::string& toml)
{
    RunCheck check;
    look(check, {}, [&] { check = check_run(parse_run_config(toml, "The configuration")); });
    return check;
}

std::string to_json(const RunCheck& check)
{
    nlohmann::ordered_json problems = nlohmann::ordered_json::array();
    for (const auto& [setting, sentence] : check.problems)
        problems.push_back({ { "setting", setting }, { "problem", sentence } });
    const nlohmann::ordered_json all{ { "problems", problems }, { "notes", check.notes },
        { "model_config", check.model_config },
        { "task",
            { { "examples", check.task.examples }, { "longest", check.task.longest },
                { "targets", check.task.targets }, { "held_out", check.task.held_out } } } };
    return all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

RunCheck parse_run_check(std::string_view text, std::string_view origin)
{
    const nlohmann::json json = parse_json(text, origin);
    const JsonObject all(json, std::string(origin));
    RunCheck check;
    for (const JsonObject& one : all.objects("problems")) {
        if (check.problems.size() >= most_problems)
            all.fail("problems", "has too many");
        check.problems.emplace(for_message(one.text("setting"), longest_name),
            for_message(one.text("problem"), longest_sentence));
    }
    if (all.has("notes"))
        for (const nlohmann::json& note : all.array("notes")) {
            if (!note.is_string() || check.notes.size() >= most_problems)
                all.fail("notes", "must be a list of texts, not too many");
            check.notes.push_back(for_message(note.get<std::string>(), longest_sentence));
        }
    check.model_config = all.text_or("model_config", {});
    const JsonObject task = all.object("task");
    const auto count = [&](const char* field) {
        return static_cast<int>(task.integer_or(field, 0, 0, std::numeric_limits<int>::max()));
    };
    check.task = { count("longest"), count("examples"), count("targets"), count("held_out") };
    return check;
}

} // namespace circuitloom
