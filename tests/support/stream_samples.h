#pragma once

#include "core/formats/message_frames.h"
#include "core/store/columns.h"
#include "core/store/experiment_reader.h"
#include "core/store/mirror.h"
#include "core/store/stream_source.h"
#include "tests/support/store_samples.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

/// Runs whose rows are streamed into mirrors.
namespace circuitloom::samples {

inline constexpr const char* origin = "ssh://server/run.loom";

inline ScoreCertainty certainty(const Circuit& of)
{
    ScoreCertainty sure;
    sure.resamples = 10;
    sure.examples = 20;
    sure.blocks = 20;
    sure.edges.resize(of.size(), { 0.5F, -1.0F, 1.0F });
    return sure;
}

/// A run that grows step by step, with everything a run can have.
class GrowingRun
{
public:
    explicit GrowingRun(const std::filesystem::path& file, const std::string& name = "growing")
        : writer_(std::in_place, file, description(name))
    {
    }
    GrowingRun(const std::filesystem::path& file, RunId run, int step)
        : step_(step)
    {
        CheckpointRecord from;
        from.step = step;
        from.iterations = step;
        writer_.emplace(file, run, from);
    }

    void go_on(int steps)
    {
        if (step_ == 0)
            writer_->set_reference(circuit(99));
        for (int i = 0; i < steps; ++i) {
            const Circuit circuit = samples::circuit(step_);
            writer_->add_iteration(iteration(step_), circuit, certainty(circuit));
            ++step_;
            writer_->add_step({ step_, 2.0 / step_, 0.5 * step_, 0.01 });
            if (step_ % 3 == 0) {
                writer_->add_evaluations({ { step_, "task", "accuracy", 0.1 * step_, 20 } });
                writer_->add_evaluations({ { step_, "other", "accuracy", 0.2, 20 } });
                writer_->add_mark({ step_, "reached", "a mark" });
            }
        }
    }
    RunId id() const { return writer_->id(); }
    RunWriter& writer() { return *writer_; }
    void leave() { writer_.reset(); }

private:
    std::optional<RunWriter> writer_;
    int step_ = 0;
};

inline bool is_of_checkpoints(const Table& table)
{
    return table.name == table::checkpoint.name || table.name == table::checkpoint_tensor.name
        || table.name == table::checkpoint_data.name;
}

/// Every row of every table, but for who writes a run.
inline std::string content(const std::filesystem::path& file, bool checkpoints = false)
{
    SQLite::Database database(file.string());
    std::string text;
    for (const Table* table : tables()) {
        if (is_of_checkpoints(*table) && !checkpoints)
            continue;
        std::string columns(table->row_id);
        for (const std::string_view column : table->columns)
            if (!column.starts_with("writer_"))
                columns.append(columns.empty() ? "" : ", ").append(column);
        SQLite::Statement query(database,
            "SELECT " + columns + " FROM " + std::string(table->name) + " ORDER BY 1, 2");
        text.append(table->name).append("\n");
        while (query.executeStep()) {
            for (int i = 0; i < query.getColumnCount(); ++i)
                text += query.getColumn(i).getString() + "|";
            text += "\n";
        }
    }
    return text;
}

/// What a source says until there is nothing new.
inline std::vector<nlohmann::json> all_messages(StreamSource& source)
{
    std::vector<nlohmann::json> all;
    while (true) {
        std::vector<nlohmann::json> some = source.next();
        if (some.empty())
            return all;
        source.wrote();
        all.insert(all.end(), some.begin(), some.end());
    }
}

inline void take_all(Mirror& mirror, const std::vector<nlohmann::json>& messages)
{
    std::int64_t number = 0;
    for (const nlohmann::json& message : messages)
        mirror.take(message, frame_name(++number));
}

inline void catch_up(const std::filesystem::path& from, const std::filesystem::path& to,
    bool checkpoints = false, std::size_t batch_bytes = 1 << 20)
{
    Mirror mirror(to, origin);
    StreamRequest request = mirror.request(checkpoints);
    request.batch_bytes = batch_bytes;
    StreamSource source(from, request);
    take_all(mirror, all_messages(source));
}

inline void add_checkpoint(RunWriter& writer, int step)
{
    const std::vector<float> values(1000, static_cast<float>(step));
    TensorView tensor;
    tensor.name = "weights";
    tensor.type = ElementType::f32;
    tensor.shape = { 1000 };
    tensor.bytes = std::as_bytes(std::span(values));
    CheckpointRecord record;
    record.step = step;
    record.iterations = step;
    writer.add_checkpoint(record, "{}", std::span(&tensor, 1), { .keep = 2 });
}

/// Its middle one of three tensors takes more than one part.
inline void add_large_checkpoint(RunWriter& writer)
{
    Random random(5);
    std::vector<float> values(1'200'000);
    for (float& value : values)
        value = static_cast<float>(random.unit());
    std::vector<TensorView> tensors(3);
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const std::size_t count = i == 1 ? values.size() : 10;
        tensors[i].name = "weights-" + std::to_string(i);
        tensors[i].type = ElementType::f32;
        tensors[i].shape = { static_cast<std::int64_t>(count) };
        tensors[i].bytes = std::as_bytes(std::span(values).first(count));
    }
    CheckpointRecord record;
    record.step = 1;
    record.iterations = 1;
    writer.add_checkpoint(record, "{}", tensors, { .keep = 2 });
}

} // namespace circuitloom::samples
