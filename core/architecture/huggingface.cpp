#include "core/architecture/huggingface.h"

#include "core/architecture/gguf/gguf_config.h"
#include "core/architecture/gguf/gguf_place.h"
#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/input_file.h"
#include "core/formats/json_input.h"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace circuitloom {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_index = std::size_t{ 64 } << 20;
constexpr std::size_t max_config = std::size_t{ 16 } << 20;
constexpr std::size_t max_reference = 256;
constexpr const char* single_file = "model.safetensors";
constexpr const char* index_file = "model.safetensors.index.json";
constexpr std::string_view folder_prefix = "models--";
constexpr std::string_view main_revision = "main";
/// Of a commit's hash, the shortest beginning that may stand for it.
constexpr std::size_t least_hash = 7;

bool is_present(const fs::path& path)
{
    std::error_code ignored;
    return fs::exists(path, ignored);
}

// A file of this very directory: nothing that leads elsewhere.
bool is_plain_name(std::string_view name)
{
    return !name.empty() && name != "." && name != ".." && name.find('/') == name.npos
        && name.find('\0') == name.npos;
}

// A file of this directory or of one below it: plain names, one after another.
bool is_plain_path(std::string_view path)
{
    for (;;) {
        const auto slash = path.find('/');
        if (!is_plain_name(path.substr(0, slash)))
            return false;
        if (slash == path.npos)
            return true;
        path.remove_prefix(slash + 1);
    }
}

[[noreturn]] void refuse_without_weights(const fs::path& directory)
{
    for (const char* pickle : { "pytorch_model.bin", "pytorch_model.bin.index.json" })
        if (is_present(directory / pickle))
            throw InputError("The model " + directory.string() + " has no " + single_file
                + ", only " + pickle
                + ", a format that can run code and is not read; save it as safetensors.");
    throw InputError("The model " + directory.string() + " has no " + single_file + ".");
}

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

// `models--org--name` where `id` is a model's id, else nothing.
std::string folder_of(std::string_view id)
{
    std::string folder(folder_prefix);
    int slashes = 0;
    for (const char c : id) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (!plain && (c != '/' || ++slashes > 1))
            return {};
        folder += c == '/' ? "--" : std::string(1, c);
    }
    return id.empty() || id.front() == '/' || id.back() == '/' ? std::string() : folder;
}

std::string id_of(std::string folder)
{
    folder.erase(0, folder_prefix.size());
    if (const auto dashes = folder.find("--"); dashes != folder.npos)
        folder.replace(dashes, 2, "/");
    return folder;
}

std::vector<fs::path> entries_of(const fs::path& directory)
{
    std::vector<fs::path> entries;
    std::error_code failure;
    for (fs::directory_iterator entry(directory, failure), end; !failure && entry != end;
         entry.increment(failure))
        entries.push_back(entry->path());
    std::ranges::sort(entries);
    return entries;
}

std::string trimmed_line(std::string text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    return text;
}

// The snapshot that a file of refs/ names; empty where it is not there.
fs::path referred_snapshot(const fs::path& folder, const fs::path& reference)
{
    const std::string commit = trimmed_line(read_input_file(reference, max_reference));
    if (!is_plain_name(commit))
        throw InputError(reference.string() + " does not hold the name of a snapshot.");
    const fs::path snapshot = folder / "snapshots" / commit;
    return is_present(snapshot) ? snapshot : fs::path();
}

// The snapshot in use of a model's folder in the cache; empty where there is none.
fs::path snapshot_of(const fs::path& folder)
{
    const fs::path reference = folder / "refs" / "main";
    if (is_present(reference))
        return referred_snapshot(folder, reference);
    const auto snapshots = entries_of(folder / "snapshots");
    if (snapshots.size() > 1)
        throw InputError(folder.string()
            + " holds several snapshots, and refs/main does not say which is in use; name a "
              "revision (ID@REVISION), or give one of the directories in "
            + (folder / "snapshots").string() + ".");
    return snapshots.empty() ? fs::path() : snapshots.front();
}

// The branches and tags that refs/ has a snapshot of, with slashes where it has folders.
std::vector<std::string> revisions_of(const fs::path& folder)
{
    std::vector<std::string> names;
    std::error_code failure;
    const fs::path references = folder / "refs";
    for (fs::recursive_directory_iterator entry(references, failure), end; !failure && entry != end;
         entry.increment(failure)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored))
            names.push_back(entry->path().lexically_relative(references).generic_string());
    }
    std::ranges::sort(names);
    return names;
}

// A branch or tag in refs/, else a commit by its hash or the beginning of it.
fs::path snapshot_of(const fs::path& folder, const std::string& revision)
{
    std::error_code ignored;
    const fs::path reference = folder / "refs" / revision;
    if (is_plain_path(revision) && fs::is_regular_file(reference, ignored))
        if (fs::path snapshot = referred_snapshot(folder, reference); !snapshot.empty())
            return snapshot;
    std::vector<fs::path> matching;
    for (const fs::path& snapshot : entries_of(folder / "snapshots"))
        if (revision.size() >= least_hash && snapshot.filename().string().starts_with(revision))
            matching.push_back(snapshot);
    if (matching.size() == 1)
        return matching.front();
    std::string known;
    for (const std::string& name : revisions_of(folder))
        known += (known.empty() ? "" : ", ") + name;
    throw InputError("The cache " + folder.string() + " has "
        + (matching.empty() ? "no" : "more than one") + " snapshot of the revision "
        + for_message(revision) + (known.empty() ? "." : "; it has the revisions " + known + "."));
}

void describe(HubModel& model, const fs::path& snapshot)
{
    model.directory = snapshot;
    if (model.directory.empty())
        throw InputError("The cache holds no snapshot of it.");
    if (const auto gguf = gguf_file_of(model.directory)) {
        const Gguf file = Gguf::open(*gguf);
        model.config = parse_model_config(gguf_config_json(file), file.origin());
        for (const TensorView& tensor : file.tensors())
            model.bytes += tensor.bytes.size();
        return;
    }
    if (!is_present(model.directory / "config.json"))
        throw InputError("It has no config.json.");
    model.config = parse_model_config(
        read_input_file(model.directory / "config.json", max_config), "config.json");
    for (const fs::path& file : weight_files(model.directory))
        model.bytes += fs::file_size(file);
}

} // namespace

std::vector<fs::path> weight_files(const fs::path& directory)
{
    if (is_present(directory / single_file))
        return { directory / single_file };
    const fs::path index = directory / index_file;
    if (!is_present(index))
        refuse_without_weights(directory);
    const nlohmann::json parsed = parse_json(read_input_file(index, max_index), index.string());
    const JsonObject json(parsed, index.string());
    std::set<std::string> names;
    json.object("weight_map");
    for (const auto& [tensor, shard] : json.at("weight_map").items()) {
        if (!shard.is_string() || !is_plain_path(shard.get_ref<const std::string&>()))
            json.fail("weight_map",
                "puts the tensor " + for_message(tensor)
                    + " into something that is no file of this directory or one below it");
        names.insert(shard.get<std::string>());
    }
    std::vector<fs::path> files;
    for (const std::string& name : names) {
        if (!is_present(directory / name))
            throw InputError(
                index.string() + ": the file " + for_message(name) + " it names is missing.");
        files.push_back(directory / name);
    }
    if (files.empty())
        json.fail("weight_map", "names no file");
    return files;
}

fs::path hub_cache()
{
    if (const std::string cache = variable("HF_HUB_CACHE"); !cache.empty())
        return cache;
    if (const std::string home = variable("HF_HOME"); !home.empty())
        return fs::path(home) / "hub";
    if (const std::string cache = variable("XDG_CACHE_HOME"); !cache.empty())
        return fs::path(cache) / "huggingface" / "hub";
    if (const std::string home = variable("HOME"); !home.empty())
        return fs::path(home) / ".cache" / "huggingface" / "hub";
    return {};
}

std::optional<fs::path> find_hub_model(std::string_view id, const fs::path& cache)
{
    const auto at = id.find('@');
    const std::string folder = folder_of(id.substr(0, at));
    if (cache.empty() || folder.empty() || !is_present(cache / folder))
        return std::nullopt;
    if (at != id.npos)
        return snapshot_of(cache / folder, std::string(id.substr(at + 1)));
    const fs::path snapshot = snapshot_of(cache / folder);
    if (snapshot.empty())
        return std::nullopt;
    return snapshot;
}

std::vector<HubModel> hub_models(const fs::path& cache)
{
    std::vector<HubModel> models;
    const auto add = [&models](const std::string& id, const auto& snapshot) {
        HubModel& model = models.emplace_back();
        model.id = id;
        try {
            describe(model, snapshot());
        } catch (const Error& reason) {
            model.unusable = reason.what();
        } catch (const fs::filesystem_error& reason) {
            model.unusable = reason.code().message() + ".";
        }
    };
    for (const fs::path& folder : entries_of(cache)) {
        if (!folder.filename().string().starts_with(folder_prefix))
            continue;
        const std::string id = id_of(folder.filename().string());
        const std::vector<std::string> revisions = revisions_of(folder);
        const bool has_main = std::ranges::find(revisions, main_revision) != revisions.end();
        if (revisions.empty() || has_main)
            add(id, [&] { return snapshot_of(folder); });
        for (const std::string& revision : revisions)
            if (revision != main_revision)
                add(id + "@" + revision, [&] { return snapshot_of(folder, revision); });
    }
    return models;
}

} // namespace circuitloom
