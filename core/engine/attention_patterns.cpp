// Answers AttentionQuestion.
#include "core/engine/answers.h"

#include "core/engine/chosen_heads.h"
#include "core/model/continuation.h"

namespace circuitloom {

AttentionAnswer answer(const AttentionQuestion& question, const AnswerContext& context)
{
    const torch::NoGradGuard no_grad;
    const SourcedModel sourced = context.model(question.model, question.compute);
    const Transformer& model = *sourced.model;
    const std::vector<Node> heads = chosen_heads(question.heads, model.config());
    const auto ids = tokens_or_start(sourced.tokenizer->encode(question.text), model.config());
    const auto input = token_row(ids, model);

    AttentionAnswer answer;
    answer.model = sourced.shown;
    for (const std::int32_t id : ids)
        answer.tokens.push_back(sourced.tokenizer->token_text(id));
    ForwardTaps taps;
    model.hidden(input, &taps);
    const PositionTables tables = model.position_tables(input.size(1));
    int at_layer = -1;
    torch::Tensor weights; // of that layer, [head, position, position]
    for (const Node& head : heads) {
        if (head.layer != at_layer) {
            context.tell("reading attention", static_cast<int>(answer.patterns.size()),
                static_cast<int>(heads.size()));
            at_layer = head.layer;
            weights = model
                          .attention_weights(at_layer,
                              taps.layers[static_cast<std::size_t>(at_layer)].qkv, tables)[0]
                          .to(torch::kCPU, torch::kFloat32)
                          .contiguous();
        }
        const auto pattern = weights[head.index].contiguous();
        const auto* first = pattern.data_ptr<float>();
        answer.patterns.push_back({ head, { first, first + pattern.numel() } });
    }
    return answer;
}

} // namespace circuitloom
