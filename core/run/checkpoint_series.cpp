#include "core/run/checkpoint_series.h"

#include "core/architecture/huggingface.h"
#include "core/architecture/model_files.h"
#include "core/base/error.h"
#include "core/base/stable_hash.h"
#include "core/base/utf8.h"
#include "core/run/checkpoint_list.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

namespace circuitloom {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view folder_prefix = "checkpoint-";
constexpr std::string_view revision_prefix = "step";

std::optional<int> number_behind(std::string_view name, std::string_view prefix)
{
    if (!name.starts_with(prefix))
        return std::nullopt;
    name.remove_prefix(prefix.size());
    int number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error != std::errc() || end != name.data() + name.size() || number < 0)
        return std::nullopt;
    return number;
}

fs::file_time_type last_change(const fs::path& directory)
{
    std::error_code failure;
    fs::file_time_type newest = fs::last_write_time(directory, failure);
    for (fs::recursive_directory_iterator entry(directory, failure), end; !failure && entry != end;
         entry.increment(failure)) {
        std::error_code gone;
        const fs::file_time_type time = fs::last_write_time(entry->path(), gone);
        if (!gone)
            newest = std::max(newest, time);
    }
    return newest;
}

std::string in_words(const GraphShape& shape)
{
    return std::to_string(shape.layers) + " layers, " + std::to_string(shape.heads) + " heads, "
        + std::to_string(shape.kv_heads) + " key/value heads, MLPs of "
        + std::to_string(shape.mlp_width) + " neurons"
        + (shape.parallel ? " beside the attention" : "");
}

std::string shapes_of(const ModelFiles& files, const GraphShape& shape)
{
    std::string text = in_words(shape);
    for (const TensorView& tensor : files.weights.tensors()) {
        text += "\n" + tensor.name;
        for (const std::int64_t size : tensor.shape)
            text += " " + std::to_string(size);
    }
    if (files.adapter)
        for (const LowRankChange& change : files.adapter->changes)
            text += "\nan adapter of " + change.module;
    return text;
}

std::string hash_of(const WeightFiles& weights, const std::function<void()>& before_tensor)
{
    std::string hashes;
    for (const TensorView& tensor : weights.tensors()) {
        before_tensor();
        StableHash hash;
        weights.read(tensor.bytes, [&hash](std::span<const std::byte> piece) {
            hash.add({ reinterpret_cast<const char*>(piece.data()), piece.size() });
        });
        hashes += tensor.name + " " + std::to_string(hash.value()) + "\n";
    }
    return hashes;
}

/// The first line in which they differ, of the second.
std::string difference(const std::string& one, const std::string& other)
{
    const auto lines = [](const std::string& text) {
        std::vector<std::string> all{ "" };
        for (const char c : text)
            if (c == '\n')
                all.emplace_back();
            else
                all.back() += c;
        return all;
    };
    const std::vector<std::string> expected = lines(one);
    const std::vector<std::string> found = lines(other);
    for (std::size_t i = 0; i < found.size(); ++i)
        if (i >= expected.size() || found[i] != expected[i])
            return found[i];
    return expected[found.size()] + " is missing";
}

std::vector<SeriesCheckpoint> in_folder(const std::string& series)
{
    std::vector<SeriesCheckpoint> found;
    std::error_code failure;
    for (fs::directory_iterator entry(series, failure), end; !failure && entry != end;
         entry.increment(failure)) {
        const std::string name = entry->path().filename().string();
        std::error_code ignored;
        if (const auto step = number_behind(name, folder_prefix);
            step && entry->is_directory(ignored))
            found.push_back({ name, fs::absolute(entry->path()), *step });
    }
    if (failure)
        throw InputError(series + " cannot be read: " + failure.message() + ".");
    std::ranges::sort(found, {}, [](const auto& one) { return std::pair(one.step, one.name); });
    return found;
}

} // namespace

std::string other_shape(const GraphShape& run, const GraphShape& found)
{
    if (found == run)
        return {};
    return "its shape is not that of the run: " + in_words(found) + " instead of " + in_words(run);
}

bool is_series(const std::filesystem::path& path)
{
    try {
        std::error_code ignored;
        if (!fs::is_directory(path, ignored))
            return path.extension() == ".toml" && !read_checkpoint_list(path).empty();
        return !in_folder(path.string()).empty();
    } catch (const Error&) {
        return false;
    }
}

CheckpointSeries::CheckpointSeries(const std::string& series)
    : series_(series)
{
    FoundSeries ignored;
    listed(ignored); // throws where there is nothing
}

std::vector<SeriesCheckpoint> CheckpointSeries::in_list(FoundSeries& found) const
{
    std::vector<SeriesCheckpoint> kept;
    for (SeriesCheckpoint& one : read_checkpoint_list(series_)) {
        if (!kept.empty() && one.step <= kept.back().step)
            found.unused.push_back({ one.name,
                "its step " + std::to_string(one.step) + " is out of order: it does not come after "
                    + std::to_string(kept.back().step) + " of " + kept.back().name });
        else
            kept.push_back(std::move(one));
    }
    return kept;
}

std::vector<SeriesCheckpoint> CheckpointSeries::revisions() const
{
    std::vector<SeriesCheckpoint> found;
    for (const HubModel& model : hub_models()) {
        const std::size_t at = model.id.find('@');
        if (at == std::string::npos || model.id.substr(0, at) != series_)
            continue;
        const std::string revision = model.id.substr(at + 1);
        if (const auto step = number_behind(revision, revision_prefix))
            found.push_back({ revision, model.directory, *step });
    }
    std::ranges::sort(found, {}, &SeriesCheckpoint::step);
    return found;
}

std::vector<SeriesCheckpoint> CheckpointSeries::listed(FoundSeries& found) const
{
    std::error_code ignored;
    if (fs::is_directory(series_, ignored))
        return in_folder(series_);
    if (fs::exists(series_, ignored))
        return in_list(found);
    std::vector<SeriesCheckpoint> all = revisions();
    if (all.empty())
        throw InputError("There is no series " + for_message(series_)
            + ": give a folder of checkpoint-N folders, a list in TOML, or the id of a model in the "
              "cache "
            + hub_cache().string() + " that has revisions called step1000 and so on.");
    return all;
}

const CheckpointSeries::Looked& CheckpointSeries::looked_at(const SeriesCheckpoint& checkpoint,
    fs::file_time_type changed, const std::function<void()>& before_reading)
{
    const auto known = looked_.find(checkpoint.directory);
    if (known != looked_.end() && known->second.changed == changed)
        return known->second;
    before_reading();
    Looked looked;
    looked.changed = changed;
    try {
        if (checkpoint.directory.empty())
            throw InputError("the cache holds no snapshot of it");
        const ModelFiles files = open_model_files(checkpoint.directory.string());
        looked.shape = parse_model_config(files.config_json, files.config_origin).graph_shape();
        looked.shapes = shapes_of(files, looked.shape);
        // What all adapters of a series change is the same.
        looked.tensors
            = hash_of(files.adapter ? files.adapter->weights : files.weights, before_reading);
    } catch (const InputError& reason) {
        looked.problem = reason.what();
    }
    return looked_.insert_or_assign(checkpoint.directory, std::move(looked)).first->second;
}

std::string CheckpointSeries::why_unused(const SeriesCheckpoint& checkpoint, const Looked& looked,
    const std::optional<GraphShape>& shape)
{
    if (!looked.problem.empty())
        return looked.problem;
    if (const std::string other = shape ? other_shape(*shape, looked.shape) : std::string();
        !other.empty())
        return other;
    if (!first_)
        first_ = First{ checkpoint.name, looked.shapes };
    if (looked.shapes == first_->shapes)
        return {};
    return "it has another shape than " + first_->name + ": "
        + difference(first_->shapes, looked.shapes);
}

FoundSeries CheckpointSeries::look(const std::set<int>& stored, std::chrono::seconds quiet,
    const LookProgress& progress, const std::optional<GraphShape>& shape)
{
    if (stored.empty())
        first_.reset();
    FoundSeries found;
    std::vector<SeriesCheckpoint> readable;
    const auto now = fs::file_time_type::clock::now();
    std::vector<SeriesCheckpoint> all = listed(found);
    int done = 0;
    for (SeriesCheckpoint& one : all) {
        const auto tell = [&, read_before = done++] {
            if (progress)
                progress(one.name, read_before, static_cast<int>(all.size()));
        };
        const fs::file_time_type changed = last_change(one.directory);
        if (quiet.count() > 0 && changed + quiet > now)
            continue;
        const Looked& looked = looked_at(one, changed, tell);
        if (const std::string why = why_unused(one, looked, shape); !why.empty()) {
            found.unused.push_back({ one.name, why });
            continue;
        }
        if (!readable.empty() && one.step == readable.back().step) {
            found.unused.push_back({ one.name, "its step is that of " + readable.back().name });
            continue;
        }
        readable.push_back(std::move(one));
    }
    std::map<std::string, const SeriesCheckpoint*> counts; // of equal ones
    for (const SeriesCheckpoint& one : readable) {
        const SeriesCheckpoint*& kept = counts[looked_.at(one.directory).tensors];
        if (!kept || !stored.contains(kept->step))
            kept = &one;
    }
    for (const SeriesCheckpoint& one : readable) {
        const SeriesCheckpoint& kept = *counts.at(looked_.at(one.directory).tensors);
        if (&kept != &one && !stored.contains(one.step))
            found.unused.push_back(
                { one.name, "its weights are byte by byte those of " + kept.name });
        else if (!stored.empty() && one.step < *stored.rbegin() && !stored.contains(one.step))
            found.unused.push_back({ one.name,
                "its step " + std::to_string(one.step) + " is out of order: step "
                    + std::to_string(*stored.rbegin()) + " has been observed already" });
        else
            found.used.push_back(one);
    }
    return found;
}

} // namespace circuitloom
