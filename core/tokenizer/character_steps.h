#pragma once

#include "core/tokenizer/traced_text.h"

namespace circuitloom {

// Steps of normalizers that look at each character by itself, as `tokenizers` does them. Unicode's
// categories are those of the installed utf8proc.

/// Every character in lower case (Unicode's full mapping, whatever stands around it).
TracedText in_lower_case(const TracedText& text);
/// Without combining marks.
TracedText without_marks(const TracedText& text);
/// Without those combining marks that take no space of their own.
TracedText without_nonspacing_marks(const TracedText& text);
/// Without white space at its beginning (`left`) and its end (`right`).
TracedText stripped(const TracedText& text, bool left, bool right);
/// As sentencepiece's rules for translation models: control characters go, rare kinds of white
/// space become spaces.
TracedText cleaned_for_translation(const TracedText& text);
/// As BERT does it: control characters go, white space becomes spaces.
TracedText cleaned_for_bert(const TracedText& text);
/// With spaces on both sides of every Chinese character.
TracedText with_chinese_apart(const TracedText& text);

} // namespace circuitloom
