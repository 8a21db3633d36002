#include "core/store/stored_checkpoints.h"

#include "core/base/error.h"
#include "core/formats/byte_planes.h"
#include "core/formats/json_input.h"
#include "core/formats/tensor_decoding.h"
#include "core/store/checkpoint_thinning.h"
#include "core/store/columns.h"
#include "core/store/rows.h"
#include "core/store/run_rows.h"

#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <limits>
#include <set>

namespace circuitloom {

namespace {

/// Of one value. Readers take up to 16 MB, and SQLite holds a value in memory as a whole.
constexpr std::size_t part_bytes = std::size_t{ 4 } << 20;

constexpr std::size_t largest_tensor = std::size_t{ 1 } << 42; ///< bytes

constexpr std::string_view plain_encoding = "plain";
constexpr std::string_view planes_encoding = "planes";
constexpr std::size_t least_packed = 4096; ///< bytes; what is smaller is not worth it
constexpr std::size_t sampled = std::size_t{ 1 } << 18;

constexpr std::array plain_types = { ElementType::f64, ElementType::f32, ElementType::f16,
    ElementType::bf16, ElementType::i64, ElementType::i32, ElementType::u8, ElementType::boolean };
constexpr std::array reasons = { CheckpointReason::every, CheckpointReason::pause,
    CheckpointReason::stop, CheckpointReason::end, CheckpointReason::best,
    CheckpointReason::recent };

[[noreturn]] void damaged(const LoomDatabase& database, const std::string& why)
{
    throw ResourceError(database.file().string() + " is damaged: " + why + ".");
}

std::string shape_json(const std::vector<std::int64_t>& shape)
{
    return nlohmann::json(shape).dump();
}

using Parts = std::vector<std::span<const std::byte>>;

Parts parts_of(std::span<const std::byte> bytes)
{
    Parts parts;
    while (!bytes.empty()) {
        parts.push_back(bytes.first(std::min(bytes.size(), part_bytes)));
        bytes = bytes.subspan(parts.back().size());
    }
    return parts;
}

/// Writes the parts of one tensor. Returns the bytes that they take.
std::int64_t insert_parts(SQLite::Database& database, std::int64_t tensor, const Parts& parts,
    std::size_t width, std::string_view encoding)
{
    SQLite::Statement insert(database, insert_into(table::checkpoint_data));
    insert.bind(1, tensor);
    std::int64_t taken = 0;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        std::vector<std::byte> packed;
        if (encoding == planes_encoding)
            packed = into_planes(parts[part], width);
        const std::span<const std::byte> written = packed.empty() ? parts[part] : packed;
        insert.bind(2, static_cast<int>(part));
        insert.bindNoCopy(3, written.data(), static_cast<int>(written.size()));
        insert.exec();
        insert.reset();
        taken += static_cast<std::int64_t>(written.size());
    }
    return taken;
}

/// What suits a tensor, as its first part shows.
std::string_view encoding_for(const Parts& parts, std::size_t width)
{
    if (parts.empty() || parts.front().size() < least_packed)
        return plain_encoding;
    const auto sample = parts.front().first(std::min(parts.front().size(), sampled / width * width));
    return into_planes(sample, width).size() < sample.size() - sample.size() / 16
        ? planes_encoding
        : plain_encoding;
}

ElementType type_named(const LoomDatabase& database, const std::string& name)
{
    for (const ElementType type : plain_types)
        if (element_type_name(type) == name)
            return type;
    damaged(database, "a tensor of a checkpoint has an unknown type");
}

// The shape of a stored tensor, and how many bytes its parts must have.
std::vector<std::int64_t> parse_shape(
    const LoomDatabase& database, const std::string& text, ElementType type, std::size_t& bytes)
{
    const auto refuse = [&] { damaged(database, "the shape of a checkpoint's tensor is none"); };
    std::vector<std::int64_t> shape;
    bytes = block_size(type).bytes;
    try {
        const nlohmann::json sizes = parse_json(text, "shape");
        if (!sizes.is_array())
            refuse();
        for (const nlohmann::json& size : sizes) {
            if (!size.is_number_unsigned() || size.get<std::uint64_t>() > (1U << 31))
                refuse();
            shape.push_back(size.get<std::int64_t>());
            const auto length = size.get<std::size_t>();
            if (length > 0 && bytes > largest_tensor / length)
                refuse();
            bytes *= length;
        }
    } catch (const InputError&) {
        refuse();
    }
    return shape;
}

CheckpointReason reason_named(const LoomDatabase& database, const std::string& name)
{
    for (const CheckpointReason reason : reasons)
        if (checkpoint_reason_name(reason) == name)
            return reason;
    damaged(database, "a checkpoint has an unknown reason");
}

/// `beyond` is what compressed tensors may take beyond what the file's size justifies; it shrinks
/// with every one.
std::vector<std::byte> read_parts(LoomDatabase& database, std::int64_t tensor, std::size_t expected,
    std::size_t width, bool packed, std::size_t& beyond)
{
    // A tensor cannot be larger than the file, unless it was compressed; only then is memory taken
    // for it.
    if (packed && expected <= beyond)
        beyond -= expected;
    else
        database.charge(expected);
    std::vector<std::byte> bytes(expected);
    std::span<std::byte> left = bytes;
    Rows rows(database, select_from(table::checkpoint_data, "WHERE tensor_id = ? ORDER BY part"));
    rows.bind(tensor);
    for (int part = 0; rows.next(); ++part) {
        const auto piece = rows.blob(column::bytes);
        const std::size_t length = packed ? std::min(left.size(), part_bytes) : piece.size();
        if (rows.integer(column::part, 0) != part || length > left.size()
            || (packed && length == 0))
            damaged(database, "the parts of a checkpoint's tensor do not fit together");
        try {
            if (packed)
                from_planes(piece, width, left.first(length));
            else
                std::ranges::copy(piece, left.begin());
        } catch (const InputError& cause) {
            damaged(database, cause.what());
        }
        left = left.subspan(length);
    }
    if (!left.empty())
        damaged(database, "a tensor of a checkpoint is not whole");
    return bytes;
}

bool is_packed(const LoomDatabase& database, const std::string& encoding)
{
    if (encoding != plain_encoding && encoding != planes_encoding)
        damaged(database, "a tensor of a checkpoint has an unknown encoding");
    return encoding == planes_encoding;
}

} // namespace

void insert_checkpoint(SQLite::Database& database, std::int64_t run, const CheckpointRecord& what,
    const std::string& values, std::span<const TensorView> tensors, const CheckpointPolicy& policy)
{
    SQLite::Statement insert(database, insert_into(table::checkpoint));
    execute(insert, run, what.step, what.iterations,
        std::string(checkpoint_reason_name(what.reason)), 0,
        static_cast<std::int64_t>(std::time(nullptr)), values, what.optimizer ? 1 : 0);
    const std::int64_t id = database.getLastInsertRowid();
    drop_checkpoints(database, run, policy); // first, so that its tensors take their place

    SQLite::Statement insert_tensor(database, insert_into(table::checkpoint_tensor));
    std::int64_t taken = 0;
    for (const TensorView& tensor : tensors) {
        const std::size_t width = block_size(tensor.type).bytes;
        const Parts parts = parts_of(tensor.bytes);
        const std::string_view encoding = encoding_for(parts, width);
        execute(insert_tensor, id, tensor.name, std::string(element_type_name(tensor.type)),
            shape_json(tensor.shape), std::string(encoding));
        taken += insert_parts(database, database.getLastInsertRowid(), parts, width, encoding);
    }
    SQLite::Statement update(database, "UPDATE checkpoint SET bytes = ? WHERE checkpoint_id = ?");
    execute(update, taken, id);
    drop_checkpoints(database, run, policy); // its size is known now
}

void drop_checkpoints(SQLite::Database& database, std::int64_t run, const CheckpointPolicy& policy)
{
    SQLite::Statement query(database,
        "SELECT checkpoint_id, step, reason, bytes, checkpoint_id IN ("
        "SELECT (SELECT checkpoint_id FROM checkpoint WHERE checkpoint.run_id = bookmark.run_id "
        "AND checkpoint.step <= iteration.step ORDER BY checkpoint.step DESC LIMIT 1) "
        "FROM bookmark JOIN iteration ON iteration.run_id = bookmark.run_id "
        "AND iteration.iteration = bookmark.iteration WHERE bookmark.run_id = ?1) AS bookmarked "
        "FROM checkpoint WHERE run_id = ?1 ORDER BY checkpoint_id DESC");
    query.bind(1, run);
    std::vector<KeptCheckpoint> all;
    while (query.executeStep()) {
        const std::string name = query.getColumn(column::reason.data()).getString();
        const auto reason = std::ranges::find(reasons, name, checkpoint_reason_name);
        all.push_back({ query.getColumn(column::checkpoint_id.data()).getInt64(),
            query.getColumn(column::step.data()).getInt(),
            reason == reasons.end() ? CheckpointReason::every : *reason,
            query.getColumn(column::bytes.data()).getInt64(),
            query.getColumn("bookmarked").getInt() != 0 });
    }
    SQLite::Statement planned(database, "SELECT steps FROM run WHERE run_id = ?");
    planned.bind(1, run);
    const int steps = planned.executeStep() ? planned.getColumn(0).getInt() : 0;
    SQLite::Statement drop(database, "DELETE FROM checkpoint WHERE checkpoint_id = ?");
    for (const std::int64_t id : checkpoints_to_drop(all, policy, steps))
        execute(drop, id);
}

void drop_optimizers(SQLite::Database& database, std::int64_t run)
{
    const auto run_on = [&](const std::string& sql) {
        SQLite::Statement statement(database, sql);
        execute(statement, run);
    };
    const std::string of_run = " checkpoint_id IN (SELECT checkpoint_id FROM checkpoint "
                               "WHERE run_id = ? AND optimizer = 1)";
    const std::string those = std::string(" substr(name, 1, ")
        + std::to_string(optimizer_tensors.size()) + ") = '" + std::string(optimizer_tensors) + "'";
    run_on("DELETE FROM checkpoint_tensor WHERE" + those + " AND" + of_run);
    run_on("UPDATE checkpoint SET bytes = (SELECT coalesce(sum(length(checkpoint_data.bytes)), 0) "
           "FROM checkpoint_tensor JOIN checkpoint_data USING (tensor_id) "
           "WHERE checkpoint_tensor.checkpoint_id = checkpoint.checkpoint_id), optimizer = 0 "
           "WHERE run_id = ?");
}

std::vector<CheckpointRecord> select_checkpoints(
    LoomDatabase& database, std::int64_t run, int version)
{
    Rows rows(database,
        "SELECT checkpoint_id, step, iterations, reason, bytes, created, "
            + std::string(version < 6 ? "1 AS optimizer" : "optimizer")
            + " FROM checkpoint WHERE run_id = ? ORDER BY step, checkpoint_id");
    rows.bind(run);
    std::vector<CheckpointRecord> found;
    while (rows.next())
        found.push_back({ rows.integer(column::checkpoint_id, 0), rows.small(column::step),
            rows.small(column::iterations), reason_named(database, rows.text(column::reason)),
            rows.integer(column::bytes, 0), rows.integer(column::created, 0),
            rows.integer(column::optimizer, 0, 1) == 1 });
    return found;
}

StoredCheckpoint read_checkpoint(
    LoomDatabase& database, const CheckpointRecord& record, int version, std::size_t beyond)
{
    StoredCheckpoint checkpoint;
    checkpoint.record = record;
    Rows state(database, "SELECT state FROM checkpoint WHERE checkpoint_id = ?");
    state.bind(record.id);
    if (state.next())
        checkpoint.values = state.text(column::state);
    Rows rows(database,
        "SELECT tensor_id, name, type, shape, "
            + std::string(version < 6 ? "'plain' AS encoding" : "encoding")
            + " FROM checkpoint_tensor WHERE checkpoint_id = ? ORDER BY tensor_id");
    rows.bind(record.id);
    std::set<std::string> names;
    while (rows.next()) {
        TensorView view;
        view.name = rows.text(column::name);
        if (!names.insert(view.name).second)
            damaged(database, "a checkpoint has two tensors of one name");
        view.type = type_named(database, rows.text(column::type));
        std::size_t expected = 0;
        view.shape = parse_shape(database, rows.text(column::shape), view.type, expected);
        const bool packed = is_packed(database, rows.text(column::encoding));
        checkpoint.bytes.push_back(read_parts(database, rows.integer(column::tensor_id, 0), expected,
            block_size(view.type).bytes, packed, beyond));
        view.bytes = checkpoint.bytes.back();
        checkpoint.tensors.push_back(std::move(view));
    }
    return checkpoint;
}

} // namespace circuitloom
