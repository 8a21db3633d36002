#pragma once

#include "core/formats/json_input.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace circuitloom {

/// Lets a map of strings be searched by string_view.
struct StringHash
{
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const
    {
        return std::hash<std::string_view>{}(text);
    }
};

/// The tokens that words are made of, as they are written, with their ids.
class Vocabulary
{
public:
    /// No token id may be larger, so that a small file cannot ask for much memory.
    static constexpr std::int32_t max_id = (1 << 21) - 1;
    using Ids = std::unordered_map<std::string, std::int32_t, StringHash, std::equal_to<>>;

    Vocabulary() = default;
    /// From the `vocab` of a model: `{"the": 5, …}`. Throws InputError.
    explicit Vocabulary(const JsonObject& model);

    /// A token that is there already gets the new id.
    void set(std::string token, std::int32_t id) { ids_.insert_or_assign(std::move(token), id); }
    /// -1 where there is none.
    std::int32_t find(std::string_view token) const;
    const Ids& ids() const { return ids_; }

private:
    Ids ids_;
};

} // namespace circuitloom
