#pragma once

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace circuitloom {

/// Builds the value while the text is read, and refuses by name what no honest file has: a key
/// that comes twice in an object, deep nesting, or more values than max_values.
class ValueBuilder
{
public:
    using Json = nlohmann::json;

    /// `notation` is JSON or CBOR, for messages; of JSON they name the line of `text` too.
    explicit ValueBuilder(
        std::string_view origin, std::string_view notation = "JSON", std::string_view text = {})
        : origin_(origin)
        , notation_(notation)
        , text_(text)
    {
    }

    Json take() { return std::move(root_); }

    // What nlohmann's parser calls; false would stop it.
    bool null() { return put(nullptr); }
    bool boolean(bool value) { return put(value); }
    bool number_integer(std::int64_t value) { return put(value); }
    bool number_unsigned(std::uint64_t value) { return put(value); }
    bool number_float(double value, const std::string&) { return put(value); }
    bool string(std::string& value) { return put(std::move(value)); }
    bool binary(Json::binary_t& value) { return put(std::move(value)); }
    bool start_object(std::size_t) { return open(Json::value_t::object); }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(Json::value_t::array); }
    bool end_array() { return close(); }
    bool key(std::string& name)
    {
        Level& level = levels_.back();
        const auto [place, is_new]
            = level.value->get_ref<Json::object_t&>().try_emplace(std::move(name));
        if (!is_new)
            fail(path() + ": the key " + for_message(place->first) + " comes twice");
        level.key = &place->first;
        level.place = &place->second;
        return true;
    }
    bool parse_error(std::size_t byte, const std::string&, const Json::exception& error)
    {
        const bool too_large = dynamic_cast<const Json::out_of_range*>(&error) != nullptr;
        fail(origin_
            + (too_large ? ": a number in the " + notation_ + " is too large"
                         : ": not valid " + notation_ + (notation_ == "JSON" ? " in UTF-8" : ""))
            + " at byte " + std::to_string(byte) + in_line(byte));
    }

private:
    static constexpr std::size_t max_depth = 64;
    static constexpr std::size_t longest_step = 24; ///< bytes of a key on the way to a fault
    /// Beyond what any tokenizer or header needs. A value takes up to some 150 bytes of memory,
    /// whatever the few bytes of text that ask for it.
    static constexpr std::size_t max_values = std::size_t{ 1 } << 22;

    /// An object or a list that is still open.
    struct Level
    {
        Json* value;
        const std::string* key = nullptr; ///< of an object: of its latest value
        Json* place = nullptr; ///< of an object: where that value goes
    };

    /// Where that is not the first line.
    std::string in_line(std::size_t byte) const
    {
        const std::string_view before = text_.substr(0, byte - std::min<std::size_t>(byte, 1));
        const auto lines = std::ranges::count(before, '\n');
        return lines == 0 ? std::string() : ", in line " + std::to_string(lines + 1);
    }

    [[noreturn]] static void fail(const std::string& what) { throw InputError(what + "."); }

    template <class Value>
    Json* place_for(Value&& value)
    {
        if (++values_ > max_values)
            fail(origin_ + ": the " + notation_ + " has more than " + std::to_string(max_values) + " values");
        Json* place = &root_;
        if (!levels_.empty() && levels_.back().value->is_array())
            return &levels_.back().value->get_ref<Json::array_t&>().emplace_back(
                std::forward<Value>(value));
        if (!levels_.empty())
            place = levels_.back().place;
        *place = Json(std::forward<Value>(value));
        return place;
    }
    template <class Value>
    bool put(Value&& value)
    {
        place_for(std::forward<Value>(value));
        return true;
    }
    bool open(Json::value_t kind)
    {
        if (levels_.size() == max_depth)
            fail(path() + ": the " + notation_ + " is nested deeper than " + std::to_string(max_depth)
                + " levels");
        levels_.push_back({ place_for(kind) });
        return true;
    }
    bool close()
    {
        levels_.pop_back();
        return true;
    }

    /// The origin and what leads to the innermost open object or list: `file: model: merges[3]`.
    std::string path() const
    {
        std::string text = origin_;
        for (std::size_t i = 0; i + 1 < levels_.size(); ++i) {
            const Level& level = levels_[i];
            text += level.key ? ": " + for_message(*level.key, longest_step)
                              : "[" + std::to_string(level.value->size() - 1) + "]";
        }
        return text;
    }

    std::string origin_;
    std::string notation_;
    std::string_view text_;
    Json root_;
    std::vector<Level> levels_;
    std::size_t values_ = 0;
};

} // namespace circuitloom
