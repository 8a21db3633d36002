#include "core/demo/demo.h"

#include <nlohmann/json.hpp>

namespace circuitloom::demo {

namespace {

using nlohmann::ordered_json;

constexpr const char* end_of_text = "<|endoftext|>";
/// How byte-level vocabularies write a space: U+0120.
constexpr const char* written_space = "\xc4\xa0";

std::string utf8(unsigned code)
{
    if (code < 0x80)
        return { static_cast<char>(code) };
    return { static_cast<char>(0xc0 | (code >> 6)), static_cast<char>(0x80 | (code & 0x3f)) };
}

/// The 256 bytes as byte-level BPE writes them: printable Latin-1 characters stand for
/// themselves, the others for U+0100 onwards in their order. The printable ones come first, as
/// in GPT-2's vocabulary.
std::vector<std::string> byte_tokens()
{
    std::vector<std::string> printable;
    std::vector<std::string> others;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const bool shown = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte != 0xad);
        if (shown)
            printable.push_back(utf8(byte));
        else
            others.push_back(utf8(0x100 + static_cast<unsigned>(others.size())));
    }
    printable.insert(printable.end(), others.begin(), others.end());
    return printable;
}

ordered_json byte_level()
{
    return { { "type", "ByteLevel" }, { "add_prefix_space", true }, { "trim_offsets", true },
        { "use_regex", true } };
}

} // namespace

std::string tokenizer_json()
{
    ordered_json vocab = ordered_json::object();
    int id = 0;
    for (const auto& token : byte_tokens())
        vocab[token] = id++;
    for (const auto& word : vocabulary())
        vocab[written_space + word] = id++;
    vocab[end_of_text] = id;

    const ordered_json end{ { "id", id }, { "content", end_of_text }, { "single_word", false },
        { "lstrip", false }, { "rstrip", false }, { "normalized", false }, { "special", true } };
    const ordered_json model{ { "type", "BPE" }, { "dropout", nullptr }, { "unk_token", nullptr },
        { "continuing_subword_prefix", nullptr }, { "end_of_word_suffix", nullptr },
        { "fuse_unk", false }, { "byte_fallback", false }, { "ignore_merges", true },
        { "vocab", vocab }, { "merges", ordered_json::array() } };
    const ordered_json file{ { "version", "1.0" }, { "truncation", nullptr },
        { "padding", nullptr }, { "added_tokens", ordered_json::array({ end }) },
        { "normalizer", nullptr }, { "pre_tokenizer", byte_level() }, { "post_processor", nullptr },
        { "decoder", byte_level() }, { "model", model } };
    return file.dump(1) + "\n";
}

} // namespace circuitloom::demo
