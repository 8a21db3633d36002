#include "core/formats/gguf_split.h"

#include "core/base/error.h"

#include <cstdint>
#include <cstdio>
#include <string>

namespace circuitloom {

namespace {

namespace fs = std::filesystem;

constexpr const char* number_key = "split.no";
constexpr const char* count_key = "split.count";
constexpr const char* tensors_key = "split.tensors.count";
constexpr std::int64_t most_parts = 99'999; // what five digits can name
constexpr std::size_t most_named = 5;

/// What a part's name ends with, as in `-00001-of-00003.gguf`.
std::string name_end(std::int64_t part, std::int64_t count, const std::string& ending)
{
    char text[32];
    std::snprintf(text, sizeof text, "-%05d-of-%05d", static_cast<int>(part + 1),
        static_cast<int>(count));
    return text + ending;
}

std::string part_of(const fs::path& file, std::int64_t part, std::int64_t count)
{
    return file.string() + " is part " + std::to_string(part + 1) + " of " + std::to_string(count);
}

} // namespace

std::vector<fs::path> gguf_parts(const fs::path& file, const GgufMetadata& metadata)
{
    const std::int64_t count = metadata.integer_or(count_key, 0, 0, most_parts);
    if (count < 2)
        return { file };
    const std::int64_t own = metadata.integer(number_key, 0, count - 1);
    const std::string name = file.filename().string();
    const std::string ending = file.extension().string();
    const std::string own_end = name_end(own, count, ending);
    if (!name.ends_with(own_end))
        throw InputError(part_of(file, own, count)
            + " of a model; so that the others can be found its name must end with " + own_end
            + ", as when it was made.");
    const std::string stem = name.substr(0, name.size() - own_end.size());
    std::vector<fs::path> parts;
    std::string missing;
    std::size_t how_many = 0;
    for (std::int64_t part = 0; part < count; ++part) {
        parts.push_back(file.parent_path() / (stem + name_end(part, count, ending)));
        std::error_code ignored;
        if (fs::exists(parts.back(), ignored))
            continue;
        if (++how_many <= most_named)
            missing += (missing.empty() ? "" : ", ") + parts.back().filename().string();
    }
    if (how_many > most_named)
        missing += " and " + std::to_string(how_many - most_named) + " more";
    if (how_many > 0)
        throw InputError(part_of(file, own, count) + " of a model; missing beside it: " + missing + ".");
    return parts;
}

void check_gguf_part(const GgufMetadata& metadata, std::size_t number, std::size_t count)
{
    const auto own = metadata.integer(number_key, 0, most_parts);
    const auto all = metadata.integer(count_key, 0, most_parts);
    if (own != static_cast<std::int64_t>(number) || all != static_cast<std::int64_t>(count))
        throw InputError(metadata.origin() + " is part " + std::to_string(own + 1) + " of "
            + std::to_string(all) + " of a model, not what its name says.");
}

void check_split_tensors(const GgufMetadata& first, std::size_t tensors)
{
    const std::int64_t said = first.integer_or(tensors_key, static_cast<std::int64_t>(tensors), 0,
        INT32_MAX);
    if (said != static_cast<std::int64_t>(tensors))
        first.fail(tensors_key,
            "is " + std::to_string(said) + ", but the parts have " + std::to_string(tensors)
                + " tensors together");
}

} // namespace circuitloom
