// The input is a tokenizer.json and, each after a NUL byte and optional, a tokenizer_config.json
// and a text to encode.

#include "core/base/utf8.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/fuzz/fuzz_target.h"

namespace circuitloom::fuzz {

namespace {

/// Takes the part before the next NUL byte off `rest`.
std::string_view next_part(std::string_view& rest)
{
    const std::string_view part = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    return part;
}

void encode_and_decode(const Tokenizer& tokenizer, std::string_view text)
{
    const std::vector<std::int32_t> ids = tokenizer.encode(text);
    for (const std::int32_t id : ids) {
        require(id >= 0 && id < tokenizer.vocabulary_size(), "an id lies in the vocabulary");
        require(is_valid_utf8(tokenizer.token_text(id)), "a token's text is UTF-8");
    }
    require(is_valid_utf8(tokenizer.decode(ids)), "a decoded text is UTF-8");
}

} // namespace

void use_as_file(std::string_view input)
{
    const std::string_view json = next_part(input);
    const std::string_view config = next_part(input);
    const Tokenizer tokenizer
        = read_naming_origin([&] { return Tokenizer::from_json(json, config, origin); });
    for (const std::string_view text : { input, json.substr(0, 500),
             std::string_view("the cat <s> and\n\n  12345 don't 日本 é\xff"),
             std::string_view("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
             std::string_view("                                                                ") })
        encode_and_decode(tokenizer, text);
    const std::int32_t beyond[] = { -1, tokenizer.vocabulary_size() };
    require(is_valid_utf8(tokenizer.decode(beyond)), "ids beyond the vocabulary are passed over");
}

} // namespace circuitloom::fuzz
