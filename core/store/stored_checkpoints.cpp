#include "core/store/stored_checkpoints.h"

#include "core/base/error.h"
#include "core/formats/json_input.h"
#include "core/formats/tensor_decoding.h"
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

constexpr std::array plain_types = { ElementType::f64, ElementType::f32, ElementType::f16,
    ElementType::bf16, ElementType::i64, ElementType::i32, ElementType::u8, ElementType::boolean };
constexpr std::array reasons = { CheckpointReason::every, CheckpointReason::pause,
    CheckpointReason::stop, CheckpointReason::end, CheckpointReason::best };

[[noreturn]] void damaged(const LoomDatabase& database, const std::string& why)
{
    throw ResourceError(database.file().string() + " is damaged: " + why + ".");
}

std::string shape_json(const std::vector<std::int64_t>& shape)
{
    return nlohmann::json(shape).dump();
}

void insert_parts(SQLite::Database& database, std::int64_t tensor, std::span<const std::byte> bytes)
{
    SQLite::Statement insert(database, insert_into(table::checkpoint_data));
    insert.bind(1, tensor);
    for (int part = 0; !bytes.empty(); ++part) {
        const auto piece = bytes.first(std::min(bytes.size(), part_bytes));
        insert.bind(2, part);
        insert.bindNoCopy(3, piece.data(), static_cast<int>(piece.size()));
        insert.exec();
        insert.reset();
        bytes = bytes.subspan(piece.size());
    }
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
            if (bytes > (std::size_t{ 1 } << 32) * 1024)
                refuse();
            bytes *= size.get<std::size_t>();
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

std::vector<std::byte> read_parts(LoomDatabase& database, std::int64_t tensor, std::size_t expected)
{
    // A tensor cannot be larger than the file; only then is memory taken for it.
    database.charge(expected);
    std::vector<std::byte> bytes;
    bytes.reserve(expected);
    Rows rows(database, select_from(table::checkpoint_data, "WHERE tensor_id = ? ORDER BY part"));
    rows.bind(tensor);
    for (int part = 0; rows.next(); ++part) {
        const auto piece = rows.blob(column::bytes);
        if (rows.integer(column::part, 0) != part || piece.size() > expected - bytes.size())
            damaged(database, "the parts of a checkpoint's tensor do not fit together");
        bytes.insert(bytes.end(), piece.begin(), piece.end());
    }
    if (bytes.size() != expected)
        damaged(database, "a tensor of a checkpoint is not whole");
    return bytes;
}

} // namespace

void insert_checkpoint(SQLite::Database& database, std::int64_t run, const CheckpointRecord& what,
    const std::string& values, std::span<const TensorView> tensors)
{
    std::int64_t bytes = 0;
    for (const TensorView& tensor : tensors)
        bytes += static_cast<std::int64_t>(tensor.bytes.size());
    SQLite::Statement insert(database, insert_into(table::checkpoint));
    execute(insert, run, what.step, what.iterations,
        std::string(checkpoint_reason_name(what.reason)), bytes,
        static_cast<std::int64_t>(std::time(nullptr)), values);
    const std::int64_t id = database.getLastInsertRowid();

    SQLite::Statement insert_tensor(database, insert_into(table::checkpoint_tensor));
    for (const TensorView& tensor : tensors) {
        execute(insert_tensor, id, tensor.name, std::string(element_type_name(tensor.type)),
            shape_json(tensor.shape));
        insert_parts(database, database.getLastInsertRowid(), tensor.bytes);
    }
}

void drop_checkpoints(SQLite::Database& database, std::int64_t run, const CheckpointPolicy& policy)
{
    SQLite::Statement query(database,
        "SELECT checkpoint_id, reason, bytes FROM checkpoint WHERE run_id = ? "
        "ORDER BY checkpoint_id DESC");
    query.bind(1, run);
    std::vector<std::int64_t> dropped;
    int kept = 0;
    bool has_best = false;
    std::int64_t total = 0;
    for (bool newest = true; query.executeStep(); newest = false) {
        const bool best = query.getColumn(column::reason.data()).getString()
            == checkpoint_reason_name(CheckpointReason::best);
        const std::int64_t bytes = query.getColumn(column::bytes.data()).getInt64();
        const bool wanted = best ? !has_best : kept < policy.keep;
        const bool fits = policy.limit == 0 || total + bytes <= policy.limit;
        if (!newest && !(wanted && fits)) {
            dropped.push_back(query.getColumn(column::checkpoint_id.data()).getInt64());
            continue;
        }
        total += bytes;
        kept += best ? 0 : 1;
        has_best = has_best || best;
    }
    SQLite::Statement drop(database, "DELETE FROM checkpoint WHERE checkpoint_id = ?");
    for (const std::int64_t id : dropped) {
        drop.bind(1, id);
        drop.exec();
        drop.reset();
    }
}

std::vector<CheckpointRecord> select_checkpoints(LoomDatabase& database, std::int64_t run)
{
    Rows rows(database,
        "SELECT checkpoint_id, step, iterations, reason, bytes, created FROM checkpoint "
        "WHERE run_id = ? ORDER BY step, checkpoint_id");
    rows.bind(run);
    std::vector<CheckpointRecord> found;
    while (rows.next())
        found.push_back({ rows.integer(column::checkpoint_id, 0), rows.small(column::step),
            rows.small(column::iterations), reason_named(database, rows.text(column::reason)),
            rows.integer(column::bytes, 0), rows.integer(column::created, 0) });
    return found;
}

StoredCheckpoint read_checkpoint(LoomDatabase& database, const CheckpointRecord& record)
{
    StoredCheckpoint checkpoint;
    checkpoint.record = record;
    Rows state(database, "SELECT state FROM checkpoint WHERE checkpoint_id = ?");
    state.bind(record.id);
    if (state.next())
        checkpoint.values = state.text(column::state);
    Rows rows(database,
        select_from(table::checkpoint_tensor, "WHERE checkpoint_id = ? ORDER BY tensor_id"));
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
        checkpoint.bytes.push_back(
            read_parts(database, rows.integer(column::tensor_id, 0), expected));
        view.bytes = checkpoint.bytes.back();
        checkpoint.tensors.push_back(std::move(view));
    }
    return checkpoint;
}

} // namespace circuitloom
