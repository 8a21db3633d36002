#include "core/tokenizer/decoder.h"

#include "core/base/utf8.h"
#include "core/tokenizer/byte_alphabet.h"

#include <optional>

namespace circuitloom {

namespace {

constexpr std::size_t max_steps = 64;

std::string joined(const std::vector<std::string>& tokens, std::string_view separator)
{
    std::string text;
    for (const std::string& token : tokens) {
        if (&token != &tokens.front())
            text += separator;
        text += token;
    }
    return text;
}

/// `text` with `content` for every `pattern`, which must not be empty.
std::string replace_all(std::string_view text, std::string_view pattern, std::string_view content)
{
    std::string result;
    result.reserve(text.size());
    std::size_t position = 0;
    for (std::size_t found = text.find(pattern); found != std::string_view::npos;
         found = text.find(pattern, position)) {
        result += text.substr(position, found - position);
        result += content;
        position = found + pattern.size();
    }
    result += text.substr(position);
    return result;
}

/// The byte of `<0x0A>`.
std::optional<char> fallback_byte(std::string_view token)
{
    if (token.size() != 6 || !token.starts_with("<0x") || token.back() != '>')
        return std::nullopt;
    int value = 0;
    for (const char digit : token.substr(3, 2)) {
        value *= 16;
        if (digit >= '0' && digit <= '9')
            value += digit - '0';
        else if (digit >= 'A' && digit <= 'F')
            value += digit - 'A' + 10;
        else if (digit >= 'a' && digit <= 'f')
            value += digit - 'a' + 10;
        else
            return std::nullopt;
    }
    return static_cast<char>(value);
}

/// Runs of byte tokens become text; where a run is not UTF-8, U+FFFD stands for each byte.
std::vector<std::string> fuse_bytes(const std::vector<std::string>& tokens)
{
    std::vector<std::string> result;
    std::string bytes;
    const auto flush = [&] {
        if (bytes.empty())
            return;
        if (is_valid_utf8(bytes))
            result.push_back(bytes);
        else
            result.insert(result.end(), bytes.size(), "\uFFFD");
        bytes.clear();
    };
    for (const std::string& token : tokens) {
        if (const std::optional<char> byte = fallback_byte(token)) {
            bytes += *byte;
            continue;
        }
        flush();
        result.push_back(token);
    }
    flush();
    return result;
}

/// The bytes that a token of the byte alphabet spells; others (added tokens) stand for themselves.
std::string spelled(const std::string& token)
{
    return unspell_bytes(token).value_or(token);
}

} // namespace

Decoder::Decoder(const JsonObject& json)
{
    add(json);
}

void Decoder::add(const JsonObject& json)
{
    const std::string type = json.text("type");
    if (type == "Sequence")
        for (const JsonObject& step : json.objects("decoders"))
            add(step);
    else if (type == "ByteLevel")
        steps_.push_back(ByteLevel{});
    else if (type == "ByteFallback")
        steps_.push_back(ByteFallback{});
    else if (type == "Fuse")
        steps_.push_back(Fuse{});
    else if (type == "Replace")
        steps_.push_back(read_replace(json));
    else if (type == "Strip")
        steps_.push_back(read_strip(json));
    else if (type == "Metaspace")
        steps_.push_back(read_metaspace(json));
    else if (type == "WordPiece")
        steps_.push_back(
            WordPiece{ json.text_or("prefix", "##"), json.boolean_or("cleanup", true) });
    else if (type == "BPEDecoder")
        steps_.push_back(WordEnds{ json.text_or("suffix", "</w>") });
    else
        json.fail("type",
            "is " + type
                + "; Sequence, ByteLevel, ByteFallback, Fuse, Replace, Strip, Metaspace, WordPiece "
                  "and BPEDecoder are supported");
    if (steps_.size() > max_steps)
        json.fail("decoders", "has more than " + std::to_string(max_steps) + " steps");
}

Decoder::Step Decoder::read_replace(const JsonObject& json)
{
    const JsonObject pattern = json.object("pattern");
    if (!pattern.has("String"))
        json.fail("pattern", "must be a String; regular expressions are not supported here");
    Replace step{ pattern.text("String"), json.text("content") };
    if (step.pattern.empty())
        json.fail("pattern", "is empty");
    // A chain of growing replacements could fill the memory from a short text.
    if (step.content.size() > step.pattern.size())
        json.fail("content", "is longer than the pattern, which is not supported");
    return step;
}

Decoder::Step Decoder::read_strip(const JsonObject& json)
{
    const auto count = [&json](const char* field) {
        return static_cast<std::size_t>(json.integer_or(field, 0, 0, 1 << 20));
    };
    Strip step{ json.text("content"), count("start"), count("stop") };
    if (step.content.empty())
        json.fail("content", "is empty");
    return step;
}

Decoder::Step Decoder::read_metaspace(const JsonObject& json)
{
    // Older files have add_prefix_space instead of prepend_scheme.
    const std::string scheme = json.text_or(
        "prepend_scheme", json.boolean_or("add_prefix_space", true) ? "always" : "never");
    Metaspace step{ json.text_or("replacement", "▁"), scheme != "never" };
    if (step.replacement.empty())
        json.fail("replacement", "is empty");
    return step;
}

void Decoder::apply(const Strip& step, std::string& token)
{
    std::string_view rest = token;
    for (std::size_t i = 0; i < step.start && rest.starts_with(step.content); ++i)
        rest.remove_prefix(step.content.size());
    for (std::size_t i = 0; i < step.stop && rest.ends_with(step.content); ++i)
        rest.remove_suffix(step.content.size());
    token = std::string(rest);
}

void Decoder::apply(const WordPiece& step, bool first, std::string& token)
{
    if (!first) {
        if (token.starts_with(step.prefix))
            token.erase(0, step.prefix.size());
        else
            token.insert(0, " ");
    }
    if (!step.cleanup)
        return;
    constexpr std::pair<const char*, const char*> tidied[] = { { " .", "." }, { " ?", "?" },
        { " !", "!" }, { " ,", "," }, { " ' ", "'" }, { " n't", "n't" }, { " 'm", "'m" },
        { " do not", " don't" }, { " 's", "'s" }, { " 've", "'ve" }, { " 're", "'re" } };
    for (const auto& [apart, together] : tidied)
        token = replace_all(token, apart, together);
}

std::vector<std::string> Decoder::apply(const Step& step, std::vector<std::string> tokens)
{
    if (std::holds_alternative<ByteFallback>(step))
        return fuse_bytes(tokens);
    if (std::holds_alternative<Fuse>(step))
        return { joined(tokens, "") };
    if (std::holds_alternative<ByteLevel>(step)) {
        std::string bytes;
        for (const std::string& token : tokens)
            bytes += spelled(token);
        return { valid_utf8(bytes) };
    }
    for (std::string& token : tokens) {
        if (const auto* replace = std::get_if<Replace>(&step))
            token = replace_all(token, replace->pattern, replace->content);
        else if (const auto* strip = std::get_if<Strip>(&step))
            apply(*strip, token);
        else if (const auto* metaspace = std::get_if<Metaspace>(&step))
            token = replace_all(token, metaspace->replacement,
                metaspace->drop_first && &token == &tokens.front() ? "" : " ");
        else if (const auto* word_piece = std::get_if<WordPiece>(&step))
            apply(*word_piece, &token == &tokens.front(), token);
        else if (const auto* ends = std::get_if<WordEnds>(&step); ends && !ends->suffix.empty())
            token = replace_all(token, ends->suffix, &token == &tokens.back() ? "" : " ");
    }
    return tokens;
}

std::string Decoder::decode(std::vector<std::string> tokens) const
{
    if (steps_.empty())
        return joined(tokens, " ");
    for (const Step& step : steps_)
        tokens = apply(step, std::move(tokens));
    return joined(tokens, "");
}

std::string Decoder::readable(std::string_view token) const
{
    std::string text(token);
    for (const Step& step : steps_) {
        if (std::holds_alternative<ByteLevel>(step))
            text = valid_utf8(spelled(text));
        else if (const auto* replace = std::get_if<Replace>(&step))
            text = replace_all(text, replace->pattern, replace->content);
        else if (const auto* metaspace = std::get_if<Metaspace>(&step))
            text = replace_all(text, metaspace->replacement, " ");
    }
    return text;
}

} // namespace circuitloom
