#pragma once

#include "core/architecture/model_files.h"
#include "core/tasks/encoded_task.h"
#include "core/tasks/worded_questions.h"
#include "core/tokenizer/chat_prompt.h"

#include <string_view>

namespace circuitloom {

/// Questions with their replies as examples to train on: the question as `chat` poses it, then the
/// reply, every token of which is a target without an alternative, the one that ends it too. So
/// LossKind::target_only is the loss on the answer alone. Examples are cut to `max_tokens`; dropped
/// where nothing of the reply is left, or the model does not know a token.
EncodedTask encode_worded_task(
    const WordedQuestions& questions, const ChatPrompt& chat, int max_tokens);

/// encode_worded_task() where the source is a file of questions that are answered in words, else
/// load_encoded_task(), whose exceptions both throw. `tokenizer` is that of the files.
EncodedTask load_model_task(std::string_view source, const ModelFiles& files,
    const Tokenizer& tokenizer, int max_tokens, bool strict = false);

} // namespace circuitloom
