#include "core/base/error.h"
#include "core/formats/graph_json.h"
#include "core/formats/replacement_file.h"
#include "core/formats/result_file.h"
#include "tests/support/program.h"
#include "tests/support/skip.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <sys/stat.h>

using namespace circuitloom;
using circuitloom::testing::bytes_of;
using circuitloom::testing::run_cli;
using samples::TemporaryFolder;

namespace {

void put(const std::filesystem::path& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary) << bytes;
}

const std::string a_task = R"({"text": "ab", "spans": [{"start": 1, "end": 2}]})";
const std::string scores = "{\"graph\": \"full\", \"edges\": []}\n";

} // namespace

TEST_CASE("what a file holds shows in its first bytes")
{
    const TemporaryFolder folder;
    const auto content = [&](const std::string& bytes) {
        put(folder / "f", bytes);
        return content_of(folder / "f");
    };
    CHECK(content_of(folder / "none") == FileContent::nothing);
    CHECK(content("") == FileContent::nothing);
    CHECK(content(std::string("SQLite format 3\0and more", 24)) == FileContent::experiment);
    CHECK(content("GGUF\3") == FileContent::model);
    CHECK(content("PK\3\4") == FileContent::model);
    CHECK(content(std::string("\x40\0\0\0\0\0\0\0{\"__metadata__\"", 23)) == FileContent::model);
    CHECK(content(scores) == FileContent::scores);
    CHECK(content(R"({"cfg": {"n_layers": 2}, "nodes": {}, "edges": {}})") == FileContent::scores);
    CHECK(content(R"({"cfg": {"n_layers": 2}, "nodes": {"input": )") == FileContent::scores);
    CHECK(content(R"({"cfg": 4, "nodes": 5})") == FileContent::json); // vocabulary
    CHECK(content(R"({"model": "m", "run": 1, "name": "a", "graph": "full", "edges": []})")
        == FileContent::circuit);
    CHECK(content("{\n  \"metric\": 1\n}\n") == FileContent::json);
    CHECK(content(R"({"model": "m", "task_figures": null})") == FileContent::figures);
    CHECK(content(R"({"suite": "s", "index": 0, "choices": []})") == FileContent::items);
    CHECK(content(R"({"prompt": "a", "choices": ["b", "c"], "answer": 0})") == FileContent::suite);
    CHECK(content(a_task) == FileContent::task);
    CHECK(content(a_task + "\n" + a_task + "\n") == FileContent::task);
    CHECK(content("[\n" + a_task + "]\n") == FileContent::task);
    CHECK(content(R"({"architectures": ["GPT2LMHeadModel"]})") == FileContent::model);
    CHECK(content(R"({"edges": 17, "graph": 3, "choices": 5})") == FileContent::json); // vocabulary
    CHECK(content("prompt,choices\n1,2\n") == FileContent::text);
    CHECK(content("source,target,score\r\n") == FileContent::csv);
    CHECK(content("digraph { é }") == FileContent::dot);
    CHECK(content("# of a run\n\n[run]\nsteps = 3\n") == FileContent::toml);
    CHECK(content("model = \"demo\"\n") == FileContent::toml);
    CHECK(content("<?xml version=\"1.0\"?>\n<graphml>") == FileContent::graphml);
    CHECK(content("<?xml version=\"1.0\"?>\n<svg width=\"1\">") == FileContent::picture);
    CHECK(content("GIF89a") == FileContent::film);
    CHECK(content("<!DOCTYPE html>\n<html>") == FileContent::page);
    CHECK(content("\n <!doctype HTML>") == FileContent::page);
    CHECK(content(std::string("\x89PNG\r\n\x1a\n\0", 9)) == FileContent::picture);
    // A long text whose first part ends within a character is a text all the same.
    for (std::size_t shift = 0; shift < 3; ++shift) {
        std::string text(shift, 'a');
        while (text.size() < 80'000)
            text += "\xE2\x82\xAC";
        CHECK(content(text) == FileContent::text);
    }
}

TEST_CASE("a result takes the place of its own kind alone, and never half")
{
    const TemporaryFolder folder;
    const auto file = folder / "out.json";
    ResultFile(file, { FileContent::scores }).write(scores);
    CHECK(bytes_of(file) == scores);
    ResultFile(file, { FileContent::scores }).write(scores + "\n");
    CHECK(bytes_of(file) == scores + "\n");
    put(file, a_task);
    CHECK_THROWS_WITH_AS(ResultFile(file, { FileContent::scores }),
        doctest::Contains("out.json is there already and holds a task"), InputError);
    CHECK(bytes_of(file) == a_task);
    ResultFile(file, { FileContent::scores, true }).write(scores);
    CHECK(bytes_of(file) == scores);
    CHECK_THROWS_WITH_AS(ResultFile(file, { FileContent::scores, true, { file } }),
        doctest::Contains("is what is read here"), InputError);
    CHECK_THROWS_AS(ResultFile(folder.path(), { FileContent::scores }), InputError);
    CHECK_THROWS_WITH_AS(ResultFile(folder / "none" / "a.json", { FileContent::scores }),
        doctest::Contains("There is no folder"), ResourceError);
    // Through a link its target is written.
    std::filesystem::create_symlink(file, folder / "link.json");
    ResultFile(folder / "link.json", { FileContent::scores }).write("[]\n");
    CHECK(std::filesystem::is_symlink(folder / "link.json"));
    CHECK(bytes_of(file) == "[]\n");
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path()))
        ++files;
    CHECK(files == 2); // nothing is left of the temporary ones
}

TEST_CASE("a result may be read by whom the umask, or the file before it, says")
{
    const TemporaryFolder folder;
    const auto permissions = [](const std::filesystem::path& file) {
        return static_cast<unsigned>(std::filesystem::status(file).permissions());
    };
    for (const mode_t mask : { 077, 022, 002 }) {
        const mode_t before = ::umask(mask);
        write_whole(folder / "new", "text");
        ::umask(before);
        CHECK(permissions(folder / "new") == (0666 & ~mask));
        std::filesystem::remove(folder / "new");
    }
    write_whole(folder / "kept", "text");
    std::filesystem::permissions(folder / "kept", std::filesystem::perms(0640));
    write_whole(folder / "kept", "other");
    CHECK(permissions(folder / "kept") == 0640);
}

TEST_CASE("a result may have the longest name that a file can have")
{
    const TemporaryFolder folder;
    for (const std::size_t bytes : { 247, 248, 249, 254, 255 }) {
        CAPTURE(bytes);
        for (const std::string& letter : { std::string("a"), std::string("ä") }) {
            std::string name;
            while (name.size() + letter.size() + 5 <= bytes)
                name += letter;
            name += std::string(bytes - 5 - name.size(), 'x') + ".json";
            ResultFile(folder / name, { FileContent::scores }).write(scores);
            CHECK(bytes_of(folder / name) == scores);
        }
    }
    CHECK_THROWS_WITH_AS(ResultFile(folder / std::string(256, 'a'), { FileContent::scores }),
        doctest::Contains("too long for a file"), InputError);
}

TEST_CASE("no command overwrites an experiment, what it reads, or another kind of file")
{
    const TemporaryFolder folder;
    const auto refuses = [&](const std::string& arguments, const std::string& name) {
        const std::string before = bytes_of(folder / name);
        const auto result = run_cli(folder.path(), arguments);
        CAPTURE(arguments);
        CAPTURE(result.errors);
        return result.code == 1 && bytes_of(folder / name) == before
            && result.errors.find(name) != std::string::npos;
    };
    {
        RunWriter writer(folder / "c.loom", samples::description());
        writer.add_iteration(samples::iteration(0), samples::circuit(0));
        writer.set_state(RunState::finished);
    }
    put(folder / "t.jsonl", a_task + "\n" + a_task + "\n");
    CHECK(refuses("export c.loom --run 1 --format csv -o c.loom", "c.loom"));
    CHECK(refuses("tasks make ioi --model demo -o c.loom", "c.loom"));
    CHECK(refuses("discover demo --task t.jsonl -o t.jsonl", "t.jsonl"));
    CHECK(refuses("discover demo --task demo/disagreement -o c.loom", "c.loom"));
    CHECK(refuses("evaluate demo --task demo/disagreement -o t.jsonl", "t.jsonl"));
    const auto made = run_cli(folder.path(), "export c.loom --run 1 --format csv -o c.csv");
    CAPTURE(made.errors);
    CHECK(made.code == 0);
    CHECK(content_of(folder / "c.csv") == FileContent::csv);
    std::filesystem::create_directory(folder / "model");
    put(folder / "model/config.json", "{}");
    const auto kept = run_cli(folder.path(), "models export demo -o model");
    CHECK(kept.code == 1);
    CHECK(kept.errors.find("model holds config.json already") != std::string::npos);
    CHECK(bytes_of(folder / "model/config.json") == "{}");
    CHECK(run_cli(folder.path(), "models export demo -o model --force").code == 0);
}

TEST_CASE("a result takes the place of no other kind of file")
{
    const TemporaryFolder folder;
    // Of one layer with so many heads that its edges come after what is looked at.
    const ComputationalGraph wide({ 1, 2400, 2400, 8 }, {});
    const std::vector<double> scored(wide.edges().size(), 0.5);
    const std::string eap_ig = eap_ig_json({ wide, scored, {}, {}, {}, {}, {} }, 64);
    REQUIRE(eap_ig.find("\"edges\"") > 1 << 16);
    const std::vector<std::pair<FileContent, std::string>> kinds{
        { FileContent::scores, scores }, { FileContent::scores, eap_ig },
        { FileContent::figures, R"({"model": "m", "task_figures": {}})" },
        { FileContent::items, R"({"suite": "s", "index": 0, "choices": []})" },
        { FileContent::task, a_task }, { FileContent::csv, "source,target,score\r\n" },
        { FileContent::dot, "digraph {}\n" },
        { FileContent::graphml, "<?xml version=\"1.0\"?><graphml/>" },
        { FileContent::attribution, R"({"metadata": {}, "qParams": {}})" },
        { FileContent::gexf, "<?xml version=\"1.0\"?><gexf/>" },
        { FileContent::parquet, "PAR1" },
        { FileContent::circuit, R"({"edges": []})" }, { FileContent::page, "<!DOCTYPE html>" },
        { FileContent::picture, "%PDF" }, { FileContent::film, "GIF89a" },
        { FileContent::suite, R"({"prompt": "the", "choices": [" key", " keys"], "answer": 0})" },
        { FileContent::toml, "[run]\nsteps = 3\n" }, { FileContent::text, "the key is here\n" },
        { FileContent::model, R"({"model_type": "gpt2"})" },
        { FileContent::json, R"({"theme": "dark"})" },
        { FileContent::experiment, std::string("SQLite format 3\0and more", 24) },
    };
    for (const auto& [there, bytes] : kinds) {
        put(folder / "there", bytes);
        CHECK(content_of(folder / "there") == there);
        for (const auto& [result, unused] : kinds) {
            CAPTURE(name_of(there));
            CAPTURE(name_of(result));
            if (result == there)
                CHECK_NOTHROW(ResultFile(folder / "there", { result }));
            else
                CHECK_THROWS_WITH_AS(ResultFile(folder / "there", { result }),
                    doctest::Contains(("is there already and holds " + name_of(there)).c_str()),
                    InputError);
        }
        CHECK(bytes_of(folder / "there") == bytes);
    }
}

TEST_CASE("every command replaces its own kind of result alone, and no model that it reads")
{
    const TemporaryFolder folder;
    {
        RunWriter writer(folder / "c.loom", samples::description());
        writer.add_iteration(samples::iteration(0), samples::circuit(0));
        writer.set_state(RunState::finished);
    }
    REQUIRE(run_cli(folder.path(), "models export demo -o m").code == 0);
    struct Command
    {
        const char* name; ///< of its result, which the next ones may read
        const char* makes;
        FileContent content;
        bool reads_model = false;
    };
    const std::vector<Command> commands{
        { "scores", "discover m --task demo/disagreement --examples 4 -o ", FileContent::scores,
            true },
        { "eap-ig", "circuits convert scores --model m --format eap-ig -o ", FileContent::scores,
            true },
        { "figures", "evaluate m --task demo/disagreement --examples 4 -o ", FileContent::figures,
            true },
        { "items", "evaluate m --capability demo/was-were --capability-items 2 --items ",
            FileContent::items, true },
        { "task", "tasks make greater-than --model m --examples 2 -o ", FileContent::task, true },
        { "csv", "export c.loom --format csv -o ", FileContent::csv },
        { "dot", "export c.loom --format dot -o ", FileContent::dot },
        { "graphml", "export c.loom --format graphml -o ", FileContent::graphml },
        { "gexf", "export c.loom --format gexf -o ", FileContent::gexf },
        { "parquet", "export c.loom --format parquet -o ", FileContent::parquet },
        { "table", "export c.loom --format csv --all-iterations -o ", FileContent::csv },
        { "tracer", "export c.loom --format circuit-tracer -o ", FileContent::attribution },
        { "circuit", "export c.loom --format json -o ", FileContent::circuit },
    };
    for (const Command& command : commands) {
        const auto made = run_cli(folder.path(), std::string(command.makes) + command.name);
        CAPTURE(command.name);
        CAPTURE(made.errors);
        REQUIRE(made.code == 0);
        REQUIRE(content_of(folder / command.name) == command.content);
    }
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const Command& command = commands[i];
        CAPTURE(command.name);
        const std::string before = bytes_of(folder / command.name) + "\n";
        put(folder / "there", before);
        const auto replaced = run_cli(folder.path(), std::string(command.makes) + "there");
        CAPTURE(replaced.errors);
        CHECK(replaced.code == 0);
        CHECK(bytes_of(folder / "there") != before);
        // The one before it, or the last: both files of scores are of one kind.
        const Command& other = commands[i < 2 ? commands.size() - 1 : i - 1];
        const std::string foreign = bytes_of(folder / other.name);
        put(folder / "there", foreign);
        const auto refused = run_cli(folder.path(), std::string(command.makes) + "there");
        CAPTURE(refused.errors);
        CHECK(refused.code == 1);
        CHECK(refused.errors.find("there is there already and holds " + name_of(other.content))
            != std::string::npos);
        CHECK(bytes_of(folder / "there") == foreign);
    }
    // Not even --force writes to the model that is read.
    for (const char* name : { "m/config.json", "m/tokenizer.json" }) {
        const std::string before = bytes_of(folder / name);
        REQUIRE(!before.empty());
        for (const Command& command : commands) {
            if (!command.reads_model)
                continue;
            const auto ended
                = run_cli(folder.path(), std::string(command.makes) + name + " --force");
            CAPTURE(command.name);
            CAPTURE(ended.errors);
            CHECK(ended.code == 1);
            CHECK(ended.errors.find("is what is read here") != std::string::npos);
        }
        CHECK(bytes_of(folder / name) == before);
    }
}

TEST_CASE("a full device is no success" * doctest::test_suite("conditional"))
{
    if (!std::filesystem::is_character_file("/dev/full"))
        return testing::skip("there is no device /dev/full here");
    CHECK_THROWS_AS(ResultFile("/dev/full", { FileContent::scores }).write("{}\n"), ResourceError);
    const TemporaryFolder folder;
    for (const char* command : { "tasks list", "models list", "--help",
             "tokenize demo --text 'the key'", "tasks check demo/disagreement --model demo" }) {
        run_cli(folder.path(), std::string(command) + " >/dev/full 2>said; echo $? >code; true");
        CAPTURE(command);
        CHECK(bytes_of(folder / "code") == "1\n");
        CHECK(bytes_of(folder / "said").find("standard output") != std::string::npos);
    }
}

TEST_CASE("what stands for a file, and what is no model, is refused by its name")
{
    const TemporaryFolder folder;
    const auto says = [&](const std::string& arguments, const char* part) {
        const auto result = run_cli(folder.path(), arguments);
        CAPTURE(arguments);
        CAPTURE(result.errors);
        return result.code == 1 && result.errors.find(part) != std::string::npos;
    };
    const std::string pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n";
    std::filesystem::create_directory(folder / "lfs");
    REQUIRE(run_cli(folder.path(), "models export demo -o lfs").code == 0);
    put(folder / "lfs/model.safetensors", pointer);
    CHECK(says("logits lfs --text a", "Git LFS pointer"));
    put(folder / "t.jsonl", pointer);
    CHECK(says("tasks check t.jsonl --model demo", "Git LFS pointer"));
    std::filesystem::create_directory(folder / "adapter");
    put(folder / "adapter/adapter_config.json", "{}");
    CHECK(says("logits adapter --text a", "MODEL --adapter adapter"));
    put(folder / "graph.pt", "PK\3\4archive/data.pkl");
    CHECK(says("circuits convert graph.pt --model demo --format scores -o o.json", "PyTorch file"));
}

TEST_CASE("texts of a task reach the terminal without what commands it, and doubts are an error where asked")
{
    const TemporaryFolder folder;
    const std::string hostile = R"({"text": "the\u001b[31m key is", "spans": [{"start": 12, "end": 15,
 "alternative": "are"}, {"start": 0, "end": 3}], "corrupted": "a"})";
    std::string line = hostile;
    std::erase(line, '\n');
    put(folder / "h.jsonl", line + "\n");
    for (const char* arguments : { "tasks check h.jsonl --model demo", "evaluate demo --task h.jsonl",
             "discover demo --task h.jsonl --baseline zero",
             "tune --preset sv-disagreement --no-capabilities --set task.train=h.jsonl "
             "--set task.held_out= --set run.steps=1 -o h.loom" }) {
        const auto result = run_cli(folder.path(), arguments);
        CAPTURE(arguments);
        CAPTURE(result.errors);
        CHECK((result.output + result.errors).find('\x1b') == std::string::npos);
        CHECK((result.output + result.errors).find("mistake of the task") != std::string::npos);
    }
    // What a model writes goes on with the prompt's own words.
    const auto spoken = run_cli(folder.path(), "generate demo -n 2 --prompt "
                                               "\"$(printf 'the\\033[31m key\\n\\342\\200\\256the')\"");
    CAPTURE(spoken.errors);
    CHECK(spoken.code == 0);
    CHECK(spoken.output.find("the [31m key\n") != std::string::npos);
    CHECK(spoken.output.find("\xE2\x80\xAE") == std::string::npos);
    for (const char* arguments :
        { "tasks check h.jsonl --model demo --strict", "evaluate demo --task h.jsonl --strict",
            "tune --strict --preset sv-disagreement --no-capabilities --set task.train=h.jsonl "
            "--set task.held_out= --set run.steps=1 -o strict.loom" })
        CHECK(run_cli(folder.path(), arguments).code == 1);
}
