#pragma once

#include "core/tokenizer/traced_text.h"

namespace circuitloom {

/// Unicode's normalization forms (UAX 15).
enum class UnicodeForm
{
    nfc,
    nfd,
    nfkc,
    nfkd
};

/// No form makes a text more than this many times as long (UAX 15, section 11.1: NFKD of U+FDFA).
constexpr std::size_t max_form_growth = 12;

/// `text` in that form. The characters of the original are counted as `tokenizers` does: what was
/// composed stands for the first of its parts, each part of what was decomposed for all of it.
TracedText in_unicode_form(UnicodeForm form, const TracedText& text);

} // namespace circuitloom
