#pragma once

#include "core/architecture/model_files.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// How a question is posed to a model and how its answer ends: by the chat template of its
/// tokenizer_config.json (or chat_template.jinja), or, where it has none, as "Question:
/// …\nAnswer:". Immutable and safe to share between threads; a copy shares what it was read from.
class ChatPrompt
{
public:
    /// Reads the model's tokenizer and template. Throws InputError as tokenizer_of(), and where the
    /// template cannot be read.
    explicit ChatPrompt(const ModelFiles& files);

    bool has_template() const;
    /// The tokens of a conversation whose one message is `question`, up to where the model answers.
    /// Throws InputError where the template refuses it.
    std::vector<std::int32_t> question(std::string_view question) const;
    /// The tokens of an answer to it, with the one that ends it, if there is one.
    std::vector<std::int32_t> answer(std::string_view answer) const;
    /// The text that question() makes tokens of.
    std::string question_text(std::string_view question) const;
    /// Tokens that end an answer: the one that answer() has, and those that the files call the end
    /// of a text.
    const std::vector<std::int32_t>& ends() const;
    /// As Tokenizer has them.
    std::string decode(std::span<const std::int32_t> ids) const;
    std::string unknown_to_model(std::span<const std::int32_t> ids) const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

} // namespace circuitloom
