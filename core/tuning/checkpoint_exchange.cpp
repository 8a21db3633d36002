#include "core/tuning/checkpoint_exchange.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

namespace circuitloom {

namespace {

// All but the tensors' bytes, as text; empty for no checkpoint.
std::string outline(const std::optional<StoredCheckpoint>& checkpoint)
{
    if (!checkpoint)
        return {};
    const CheckpointRecord& record = checkpoint->record;
    nlohmann::json text{ { "step", record.step }, { "iterations", record.iterations },
        { "optimizer", record.optimizer }, { "values", checkpoint->values } };
    nlohmann::json& tensors = text["tensors"] = nlohmann::json::array();
    for (const TensorView& view : checkpoint->tensors)
        tensors.push_back({ { "name", view.name }, { "type", static_cast<int>(view.type) },
            { "shape", view.shape }, { "bytes", view.bytes.size() } });
    return text.dump();
}

StoredCheckpoint of_outline(const std::string& text)
{
    const auto read = nlohmann::json::parse(text);
    StoredCheckpoint checkpoint;
    checkpoint.record.step = read.at("step").get<int>();
    checkpoint.record.iterations = read.at("iterations").get<int>();
    checkpoint.record.optimizer = read.at("optimizer").get<bool>();
    checkpoint.values = read.at("values").get<std::string>();
    for (const nlohmann::json& one : read.at("tensors")) {
        checkpoint.bytes.emplace_back(one.at("bytes").get<std::size_t>());
        TensorView view;
        view.name = one.at("name").get<std::string>();
        view.type = static_cast<ElementType>(one.at("type").get<int>());
        view.shape = one.at("shape").get<std::vector<std::int64_t>>();
        view.bytes = checkpoint.bytes.back(); // of the inner vector, which does not move
        checkpoint.tensors.push_back(std::move(view));
    }
    return checkpoint;
}

} // namespace

std::optional<StoredCheckpoint> of_first(
    const Ranks& ranks, std::optional<StoredCheckpoint> checkpoint)
{
    if (ranks.alone())
        return checkpoint;
    std::string text = outline(checkpoint);
    std::array<std::int64_t, 1> length{ static_cast<std::int64_t>(text.size()) };
    ranks.largest(length); // the others have none
    text.resize(static_cast<std::size_t>(length[0]));
    ranks.broadcast(std::as_writable_bytes(std::span(text)));
    if (text.empty())
        return std::nullopt;
    if (!ranks.is_first())
        checkpoint = of_outline(text);
    for (std::vector<std::byte>& bytes : checkpoint->bytes)
        ranks.broadcast(bytes);
    return checkpoint;
}

} // namespace circuitloom
