#include "core/architecture/huggingface.h"
#include "core/architecture/model_files.h"
#include "core/base/error.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

const std::string hash = "0123456789abcdef0123456789abcdef01234567";

/// Fills a cache as huggingface_hub does: blobs by their hash, snapshots of links to them.
class Cache
{
public:
    fs::path path() const { return folder_.path() / "hub"; }
    fs::path model(const std::string& folder) const { return path() / folder; }
    fs::path snapshot(const std::string& folder, const std::string& revision = hash) const
    {
        return model(folder) / "snapshots" / revision;
    }

    void put(const std::string& folder, const std::string& name, const std::string& bytes,
        const std::string& revision = hash)
    {
        const std::string blob = "blob" + std::to_string(blobs_++);
        fs::create_directories(model(folder) / "blobs");
        fs::create_directories(snapshot(folder, revision));
        std::ofstream(model(folder) / "blobs" / blob, std::ios::binary) << bytes;
        fs::create_symlink(fs::path("../../blobs") / blob, snapshot(folder, revision) / name);
    }
    void refer(
        const std::string& folder, const std::string& revision, const std::string& name = "main")
    {
        const fs::path reference = model(folder) / "refs" / name;
        fs::create_directories(reference.parent_path());
        std::ofstream(reference) << revision;
    }
    /// Copies a directory of tests/data into the cache.
    void add(const std::string& folder, const std::string& data)
    {
        for (const auto& file : fs::directory_iterator(CIRCUITLOOM_TEST_DATA "/" + data)) {
            std::ostringstream bytes;
            bytes << std::ifstream(file.path(), std::ios::binary).rdbuf();
            put(folder, file.path().filename(), bytes.str());
        }
        refer(folder, hash);
    }

private:
    TemporaryFolder folder_;
    int blobs_ = 0;
};

} // namespace

TEST_CASE("the cache is where the environment says, in Hugging Face's order")
{
    for (const char* name : { "HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME", "HOME" })
        unsetenv(name);
    CHECK(hub_cache().empty());
    CHECK(hub_models().empty());
    setenv("HOME", "/h", 1);
    CHECK(hub_cache() == "/h/.cache/huggingface/hub");
    setenv("XDG_CACHE_HOME", "/x", 1);
    CHECK(hub_cache() == "/x/huggingface/hub");
    setenv("HF_HOME", "/f", 1);
    CHECK(hub_cache() == "/f/hub");
    setenv("HF_HUB_CACHE", "/c", 1);
    CHECK(hub_cache() == "/c");
    CHECK(hub_models().empty()); // nothing is there
}

TEST_CASE("models are listed with family and size, or with what is wrong with them")
{
    Cache cache;
    cache.add("models--org--whole", "tiny_gpt2");
    cache.add("models--org--in-shards", "tiny_sharded");
    cache.add("models--alone", "tiny_qwen3");
    cache.put("models--a--mamba", "config.json", R"({"model_type": "mamba"})");
    cache.put("models--a--pickle", "config.json", R"({"model_type": "gpt2", "n_layer": 1,
        "n_head": 1, "n_embd": 8, "n_positions": 8, "vocab_size": 8})");
    cache.put("models--a--pickle", "pytorch_model.bin", "x");
    cache.put("models--a--tokenizer", "tokenizer.json", "{}");
    fs::create_directories(cache.model("models--a--unfinished") / "snapshots");
    cache.add("models--a--dangling", "tiny_gpt2");
    cache.refer("models--a--dangling", "fedcba");
    cache.add("models--a--outside", "tiny_gpt2");
    cache.refer("models--a--outside", "../../models--org--whole/snapshots/" + hash);
    fs::create_directories(cache.path() / "datasets--org--words" / "snapshots" / hash);
    fs::create_directories(cache.path() / ".locks");
    std::ostringstream gguf;
    gguf << std::ifstream(CIRCUITLOOM_TEST_DATA "/gguf/tiny_llama.gguf", std::ios::binary).rdbuf();
    cache.put("models--org--name-GGUF", "name.Q8_0.gguf", gguf.str());
    cache.put("models--a--several-GGUF", "name.Q8_0.gguf", gguf.str());
    cache.put("models--a--several-GGUF", "name.Q4_0.gguf", gguf.str());

    const auto models = hub_models(cache.path());
    std::map<std::string, HubModel> by_id;
    for (const HubModel& model : models)
        by_id[model.id] = model;
    REQUIRE(models.size() == 11);
    REQUIRE(by_id.size() == 11);

    const HubModel& whole = by_id.at("org/whole");
    CHECK(whole.unusable.empty());
    CHECK(whole.directory == cache.snapshot("models--org--whole"));
    CHECK(whole.config->family == ModelFamily::gpt2);
    CHECK(whole.bytes == fs::file_size(CIRCUITLOOM_TEST_DATA "/tiny_gpt2/model.safetensors"));
    const HubModel& shards = by_id.at("org/in-shards");
    CHECK(shards.unusable.empty());
    CHECK(shards.config->family == ModelFamily::llama);
    std::uintmax_t bytes = 0;
    for (const auto& file : fs::directory_iterator(CIRCUITLOOM_TEST_DATA "/tiny_sharded"))
        if (file.path().extension() == ".safetensors")
            bytes += file.file_size();
    CHECK(shards.bytes == bytes);
    CHECK(by_id.at("alone").config->family == ModelFamily::qwen3);

    const auto reason = [&](const char* id, const char* part) {
        return by_id.at(id).unusable.find(part) != std::string::npos;
    };
    CHECK(by_id.at("org/name-GGUF").unusable.empty());
    CHECK(by_id.at("org/name-GGUF").config->family == ModelFamily::llama);
    CHECK(by_id.at("org/name-GGUF").bytes > 0);
    CHECK(reason("a/several-GGUF", "name.Q4_0.gguf, name.Q8_0.gguf"));
    CHECK(reason("a/mamba", "mamba"));
    CHECK(reason("a/pickle", "pytorch_model.bin"));
    CHECK(reason("a/tokenizer", "config.json"));
    CHECK(reason("a/unfinished", "snapshot"));
    CHECK(reason("a/dangling", "snapshot"));
    CHECK(reason("a/outside", "refs/main"));
}

TEST_CASE("a model is opened by its id")
{
    Cache cache;
    setenv("HF_HUB_CACHE", cache.path().c_str(), 1);
    cache.add("models--org--name", "tiny_sharded");
    const ModelFiles files = open_model_files("org/name");
    CHECK(files.origin == "org/name");
    CHECK(files.weights.find("model.embed_tokens.weight") != nullptr);
    CHECK(files.weights.find("lm_head.weight") != nullptr);
    CHECK(has_weights("org/name"));
    for (const char* id :
        { "org/other", "name", "../name", "org/name/x", "/org", "org/", "", "o g" })
        CHECK_THROWS_AS(open_model_files(id), InputError);

    // Without refs/main the only snapshot is meant; of two, none.
    fs::remove(cache.model("models--org--name") / "refs" / "main");
    CHECK(find_hub_model("org/name") == cache.snapshot("models--org--name"));
    cache.put("models--org--name", "config.json", "{}", "another");
    CHECK_THROWS_WITH_AS(find_hub_model("org/name"), doctest::Contains("several"), InputError);
    cache.refer("models--org--name", "another\n");
    CHECK(find_hub_model("org/name") == cache.snapshot("models--org--name", "another"));
}

TEST_CASE("a revision is opened by its name or its commit")
{
    Cache cache;
    setenv("HF_HUB_CACHE", cache.path().c_str(), 1);
    const std::string folder = "models--E--pythia";
    cache.add(folder, "tiny_gpt2");
    const std::string later = "abcdef0123456789abcdef0123456789abcdef01";
    cache.put(folder, "config.json", R"({"model_type": "mamba"})", later);
    cache.refer(folder, later, "step3000");
    cache.refer(folder, later, "pr/1");
    CHECK(find_hub_model("E/pythia", cache.path()) == cache.snapshot(folder));
    for (const std::string& revision :
        { std::string("step3000"), std::string("pr/1"), later, later.substr(0, 7) })
        CHECK(
            find_hub_model("E/pythia@" + revision, cache.path()) == cache.snapshot(folder, later));
    CHECK(find_hub_model("E/pythia@main", cache.path()) == cache.snapshot(folder));
    CHECK(
        open_model_description("E/pythia@step3000").config_json.find("mamba") != std::string::npos);
    CHECK_FALSE(find_hub_model("E/other@main", cache.path()));
    for (const char* wrong : { "", "step4000", "abc", "../main", "../../x", "/etc/passwd", "pr" }) {
        CAPTURE(wrong);
        CHECK_THROWS_WITH_AS(find_hub_model(std::string("E/pythia@") + wrong, cache.path()),
            doctest::Contains("step3000"), InputError);
    }
    // Without main, revisions stand for themselves.
    fs::remove(cache.model(folder) / "refs" / "main");
    std::vector<std::string> ids;
    for (const HubModel& model : hub_models(cache.path()))
        ids.push_back(model.id);
    CHECK(ids == std::vector<std::string>{ "E/pythia@pr/1", "E/pythia@step3000" });
    cache.refer(folder, hash);
    CHECK(hub_models(cache.path()).size() == 3);
}
