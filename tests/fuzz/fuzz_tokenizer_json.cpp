// The input is a tokenizer.json and, each after a NUL byte and optional, a tokenizer_config.json
// and a text to encode. Where it begins with `#version`, a merges.txt and a vocab.json stand in the
// tokenizer.json's place.

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

Tokenizer read(std::string_view& rest)
{
    const std::string_view first = next_part(rest);
    if (!first.starts_with("#version")) {
        const std::string_view config = next_part(rest);
        return Tokenizer::from_json(first, config, origin);
    }
    const std::string_view vocabulary = next_part(rest);
    const std::string_view config = next_part(rest);
    return Tokenizer::from_vocab_and_merges(vocabulary, first, config, origin);
}

void encode_and_decode(const Tokenizer& tokenizer, std::string_view text)
{
    const std::vector<std::int32_t> ids = tokenizer.encode(text);
    for (const std::int32_t id : ids) {
        require(id >= 0 && id < tokenizer.vocabulary_size(), "an id lies in the vocabulary");
        require(is_valid_utf8(tokenizer.token_text(id)), "a token's text is UTF-8");
    }
    require(is_valid_utf8(tokenizer.decode(ids)), "a decoded text is UTF-8");

    const std::size_t characters = character_offsets(valid_utf8(text)).size() - 1;
    const std::vector<PlacedToken> placed = tokenizer.encode_with_offsets(text);
    require(placed.size() == ids.size(), "offsets change no token");
    for (std::size_t i = 0; i < ids.size(); ++i)
        require(placed[i].id == ids[i] && placed[i].begin <= placed[i].end
                && placed[i].end <= characters,
            "a token stands for a part of the text");
}

} // namespace

void use_as_file(std::string_view input)
{
    const std::string_view head = input.substr(0, 500);
    const Tokenizer tokenizer = read_naming_origin([&] { return read(input); });
    for (const std::string_view text :
        { input, head, std::string_view("the cat <s> and\n\n  12345 don't 日本 é\xff"),
            std::string_view("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
            std::string_view("                                                                ") })
        encode_and_decode(tokenizer, text);
    const std::int32_t beyond[] = { -1, tokenizer.vocabulary_size() };
    require(is_valid_utf8(tokenizer.decode(beyond)), "ids beyond the vocabulary are passed over");
}

} // namespace circuitloom::fuzz
