#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace circuitloom {

/// Parses a JSON text from an untrusted file. Throws InputError, starting with `origin`, where it
/// is malformed or not UTF-8, an object has a key twice, or it is nested deeper (64 levels) or has
/// more values (2^22) than any file the project reads.
nlohmann::json parse_json(std::string_view text, std::string_view origin);

/// The same of what Python's json module writes, which has NaN, Infinity and -Infinity for numbers:
/// each of them is null.
nlohmann::json parse_python_json(std::string_view text, std::string_view origin);

/// The fields of one JSON object from an untrusted file. Every getter throws InputError that
/// names the origin and the field where it is missing, of another type or out of range. The
/// object it was made from must outlive it. A field that is null counts as absent.
class JsonObject
{
public:
    /// `where` starts every message, as in `config.json` or `tokenizer.json: model`.
    JsonObject(const nlohmann::json& value, std::string where);

    const std::string& where() const { return where_; }
    bool has(const char* field) const { return find(field) != nullptr; }
    /// Whether the field is there, be it null.
    bool mentions(const char* field) const { return value_->contains(field); }
    /// Null where absent.
    const nlohmann::json* find(const char* field) const;
    const nlohmann::json& at(const char* field) const;

    std::int64_t integer(const char* field, std::int64_t least, std::int64_t most) const;
    std::int64_t integer_or(
        const char* field, std::int64_t otherwise, std::int64_t least, std::int64_t most) const;
    /// A finite number in [least, most].
    double number_or(const char* field, double otherwise, double least, double most) const;
    bool boolean_or(const char* field, bool otherwise) const;
    std::string text(const char* field) const;
    std::string text_or(const char* field, std::string otherwise) const;
    const nlohmann::json& array(const char* field) const;
    JsonObject object(const char* field) const;
    /// The objects of an array field.
    std::vector<JsonObject> objects(const char* field) const;

    [[noreturn]] void fail(const char* field, const std::string& what) const;

private:
    const nlohmann::json* value_;
    std::string where_;
};

} // namespace circuitloom
