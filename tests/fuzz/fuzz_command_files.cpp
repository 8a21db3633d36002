// A file as the commands are given it, by its name: the input's first line is the name's ending, as
// in `jsonl`, `txt`, `csv`, `toml` or `json`, and the rest is what the file holds. It is read as what
// `tasks check`, `tune` and `evaluate` take under that ending, through the functions that they call.

#include "core/formats/graph_json.h"
#include "core/run/run_config.h"
#include "core/tasks/answer_scores.h"
#include "core/tasks/capability_suite.h"
#include "core/tasks/encoded_choices.h"
#include "core/tasks/encoded_task.h"
#include "core/tasks/task.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/input_folder.h"

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace circuitloom::fuzz {

namespace {

constexpr int max_tokens = 64;
constexpr GraphShape shape{ 2, 4, 2, 8 };

/// Letters and bytes, so that every text has tokens.
const Tokenizer& tokenizer()
{
    static const Tokenizer letters = Tokenizer::from_json(
        R"({"model": {"vocab": {"<unk>": 0, "a": 1, "b": 2, " ": 3, "is": 4, "i": 5, "s": 6},
            "merges": ["i s"], "unk_token": "<unk>"}})",
        "", "the target's tokenizer");
    return letters;
}

void check_task(const std::filesystem::path& file)
{
    std::vector<LeftOut> left_out;
    for (const TaskExample& example : load_task(file.string(), &left_out)) {
        const ExampleEncoding encoding = encode_example(example, tokenizer(), max_tokens);
        require(encoding.example.ids.size() <= max_tokens, "an example is cut");
    }
    for (const LeftOut& one : left_out)
        require_clear(InputError(one.sentence()));
}

/// A model may write anything, so the question serves as what it wrote.
void judge_as_response(const std::string& response, const WordedQuestion& question)
{
    for (const Instruction& instruction : question.instructions)
        require(!follows(response, instruction) || follows_loosely(response, instruction),
            "who follows follows loosely");
    number_behind_marks(response);
    last_number(response);
    word_in_tags(response);
    last_word(response);
    require(!matches_exactly(response, question.answers) || has_answer(response, question.answers),
        "the looser rule holds where the strict one does");
    const double f1 = best_word_f1(response, question.answers);
    require(f1 >= 0 && f1 <= 1, "F1 is from 0 to 1");
}

void check_suite(const std::filesystem::path& file)
{
    const CapabilitySuite suite = load_suite("a suite", file.string());
    require(suite.items.empty() || suite.text.empty(), "a suite is one thing");
    encode_choices(suite.items, tokenizer(), max_tokens);
    for (const WordedQuestion& one : suite.worded.questions)
        judge_as_response(one.question, one);
    tokenizer().encode(suite.text.substr(0, 4096));
}

void check_run(const std::filesystem::path& file)
{
    const RunConfig config = read_run_config(file);
    try {
        validate(config); // which may refuse what the file says well
    } catch (const InputError& refusal) {
        require_clear(refusal);
    }
    require(run_config_from_json(to_json(config)) == config, "a run's configuration is kept");
}

void check_circuit(const std::filesystem::path& file)
{
    const ScoredGraph scored = read_graph_json(file, shape);
    require(scored.scores.size() == scored.graph.edges().size(), "every edge has a score");
}

/// One at least must take it; where none does, the refusal of the first is thrown.
void use_as_any(const std::filesystem::path& file,
    std::initializer_list<void (*)(const std::filesystem::path&)> readings)
{
    std::exception_ptr first;
    bool taken = false;
    for (const auto read : readings)
        try {
            read(file);
            taken = true;
        } catch (const InputError& refusal) {
            require_clear(refusal);
            if (!first)
                first = std::current_exception();
        }
    if (!taken)
        std::rethrow_exception(first);
}

} // namespace

void use_as_file(std::string_view input)
{
    static const InputFolder folder;
    const auto [ending, content] = marked(input);
    if (ending == "toml")
        use_as_any(folder.write(ending, content), { check_run });
    else if (ending == "json")
        use_as_any(folder.write(ending, content), { check_circuit, check_task });
    else if (ending == "jsonl" || ending == "txt" || ending == "csv")
        use_as_any(folder.write(ending, content), { check_task, check_suite });
    else
        throw InputError("input file: its first line is no ending that is tried.");
}

} // namespace circuitloom::fuzz
