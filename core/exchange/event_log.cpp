#include "core/exchange/event_log.h"

#include "core/base/error.h"
#include "core/exchange/event_records.h"
#include "core/formats/input_file.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>

namespace circuitloom {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t around_length = 12; // bytes of a record's length and its checksum
constexpr std::size_t checksum_size = 4;
constexpr std::int64_t most_steps = std::numeric_limits<int>::max();

std::uint64_t number_in(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        number = number << 8 | static_cast<unsigned char>(bytes[i]);
    return number;
}

double float_in(std::string_view bytes)
{
    return double{ std::bit_cast<float>(static_cast<std::uint32_t>(number_in(bytes))) };
}

double double_in(std::string_view bytes)
{
    return std::bit_cast<double>(number_in(bytes));
}

/// A field of a protobuf message: a number, or bytes of a fixed or a told length.
struct Field
{
    std::uint64_t name = 0;
    std::uint64_t number = 0;
    std::string_view bytes;
};

/// Walks through the fields of a message; ends at its end, or where it is not sound.
class Message
{
public:
    explicit Message(std::string_view bytes)
        : left_(bytes)
    {
    }

    std::optional<Field> next()
    {
        const auto key = varint();
        if (!key)
            return std::nullopt;
        Field field{ *key >> 3, 0, {} };
        std::optional<std::uint64_t> size;
        switch (*key & 7) {
        case 0: {
            const auto number = varint();
            field.number = number.value_or(0);
            return number ? std::optional(field) : std::nullopt;
        }
        case 1:
            size = sizeof(double);
            break;
        case 2:
            size = varint();
            break;
        case 5:
            size = sizeof(float);
            break;
        default:
            return std::nullopt;
        }
        if (!size || *size > left_.size())
            return std::nullopt;
        field.bytes = left_.substr(0, static_cast<std::size_t>(*size));
        left_.remove_prefix(field.bytes.size());
        return field;
    }

private:
    std::optional<std::uint64_t> varint()
    {
        std::uint64_t number = 0;
        for (int shift = 0; shift < std::numeric_limits<std::uint64_t>::digits && !left_.empty();
             shift += 7) {
            const auto byte = static_cast<unsigned char>(left_.front());
            left_.remove_prefix(1);
            number |= std::uint64_t{ byte & 0x7FU } << shift;
            if (byte < 0x80)
                return number;
        }
        return std::nullopt;
    }

    std::string_view left_;
};

// TensorProto: 4 tensor_content, 5 float_val, 6 double_val. Of one number.
std::optional<double> number_of_tensor(std::string_view tensor)
{
    Message message(tensor);
    std::optional<double> value;
    while (const auto field = message.next()) {
        const bool content = field->name == 4 || field->name == 5 || field->name == 6;
        if (content && field->bytes.size() == sizeof(float) && field->name != 6)
            value = float_in(field->bytes);
        else if (content && field->bytes.size() == sizeof(double) && field->name != 5)
            value = double_in(field->bytes);
        else if (content && !field->bytes.empty())
            return std::nullopt;
    }
    return value;
}

// Summary.Value: 1 tag, 2 simple_value, 8 tensor.
void add_value(std::string_view bytes, std::int64_t step, std::vector<EventScalar>& scalars)
{
    Message message(bytes);
    std::string tag;
    std::optional<double> value;
    while (const auto field = message.next()) {
        if (field->name == 1)
            tag = field->bytes;
        else if (field->name == 2 && field->bytes.size() == sizeof(float))
            value = float_in(field->bytes);
        else if (field->name == 8)
            value = number_of_tensor(field->bytes);
    }
    if (value && !tag.empty())
        scalars.push_back({ std::move(tag), step, *value });
}

// Event: 2 step, 5 summary. Summary: 1 value.
void add_event(std::string_view event, std::vector<EventScalar>& scalars)
{
    Message message(event);
    std::int64_t step = 0;
    std::string_view summary;
    while (const auto field = message.next()) {
        if (field->name == 2)
            step = static_cast<std::int64_t>(field->number);
        else if (field->name == 5)
            summary = field->bytes;
    }
    Message values(summary);
    while (const auto field = values.next())
        if (field->name == 1)
            add_value(field->bytes, step, scalars);
}

/// The name of a curve without what says that it is of the training; `eval_NAME` of an evaluation.
std::string plain_name(std::string_view tag)
{
    for (const std::string_view begin : { "train/"sv, "train_"sv, "training/"sv })
        if (tag.starts_with(begin))
            return std::string(tag.substr(begin.size()));
    for (const std::string_view begin :
        { "eval/"sv, "eval_"sv, "val/"sv, "val_"sv, "validation/"sv, "validation_"sv })
        if (tag.starts_with(begin))
            return "eval_" + std::string(tag.substr(begin.size()));
    return std::string(tag);
}

TrainerLog log_of(const std::vector<EventScalar>& scalars)
{
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    TrainerLog log;
    std::map<int, StepRecord> steps; // one that is logged twice keeps its last figures
    std::map<int, double> rates;
    std::set<std::string_view> left_out; // what log.left_out has
    for (const EventScalar& scalar : scalars) {
        const std::string name = plain_name(scalar.tag);
        const std::string_view measure = trainer_measure(name);
        const bool in_range = scalar.step >= 0 && scalar.step <= most_steps;
        const int step = in_range ? static_cast<int>(scalar.step) : 0;
        const bool rate = name == "learning_rate" || name == "lr";
        if (in_range && name == "loss" && step > 0)
            steps[step] = { step, scalar.value, unknown, 0 };
        else if (in_range && rate && std::isfinite(scalar.value))
            rates[step] = scalar.value;
        else if (in_range && !measure.empty())
            log.evaluations.push_back(
                { step, std::string(trainer_suite), std::string(measure), scalar.value, 0 });
        else if (name != "loss" && !rate && left_out.insert(scalar.tag).second)
            log.left_out.push_back(scalar.tag);
    }
    for (auto& [step, record] : steps) {
        if (const auto rate = rates.find(step); rate != rates.end())
            record.learning_rate = rate->second;
        log.steps.push_back(record);
    }
    std::ranges::stable_sort(log.evaluations, {}, &EvaluationRecord::step);
    return log;
}

std::vector<std::filesystem::path> event_files(const std::filesystem::path& place)
{
    namespace fs = std::filesystem;
    std::error_code why;
    if (fs::is_regular_file(place, why))
        return { place };
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator at(place, why), end; !why && at != end; at.increment(why))
        if (at->path().filename().string().find("tfevents") != std::string::npos)
            files.push_back(at->path());
    if (why)
        throw InputError(place.string() + " cannot be read: " + why.message() + ".");
    if (files.empty())
        throw InputError(place.string()
            + " holds no event files of TensorBoard, whose names have tfevents in them.");
    std::ranges::sort(files);
    return files;
}

/// Of a file of so many bytes, of which `bytes_of(at, count)` gives some until its next call.
template <class BytesOf>
std::vector<EventScalar> scalars_in(
    std::size_t total, BytesOf&& bytes_of, const std::string& origin)
{
    std::vector<EventScalar> scalars;
    for (std::size_t at = 0; total - at >= around_length;) {
        const auto damaged = [&](const char* what) {
            return InputError(origin + " is damaged: the " + what + " of the record at byte "
                + std::to_string(at) + " does not fit its checksum.");
        };
        const std::string_view beginning = bytes_of(at, around_length);
        const std::string_view length = beginning.substr(0, sizeof(std::uint64_t));
        if (masked_crc32c(length) != number_in(beginning.substr(length.size())))
            throw damaged("length");
        const std::uint64_t size = number_in(length);
        const std::size_t left = total - at - around_length;
        if (left < checksum_size || size > left - checksum_size)
            break;
        const std::string_view rest
            = bytes_of(at + around_length, static_cast<std::size_t>(size) + checksum_size);
        const std::string_view event = rest.substr(0, static_cast<std::size_t>(size));
        if (masked_crc32c(event) != number_in(rest.substr(event.size())))
            throw damaged("content");
        add_event(event, scalars);
        at += around_length + rest.size();
    }
    return scalars;
}

} // namespace

std::vector<EventScalar> event_scalars(std::string_view bytes, const std::string& origin)
{
    return scalars_in(
        bytes.size(),
        [bytes](std::size_t at, std::size_t count) { return bytes.substr(at, count); }, origin);
}

std::vector<EventScalar> event_scalars(const MappedFile& file, const std::string& origin)
{
    std::string read;
    return scalars_in(
        file.bytes.size(),
        [&](std::size_t at, std::size_t count) {
            read.clear();
            read_mapped(file.mapping, file.bytes.subspan(at, count),
                [&read](std::span<const std::byte> piece) {
                    read.append(reinterpret_cast<const char*>(piece.data()), piece.size());
                });
            return std::string_view(read);
        },
        origin);
}

TrainerLog read_event_log(const std::filesystem::path& place)
{
    std::vector<EventScalar> scalars;
    for (const std::filesystem::path& file : event_files(place)) {
        for (EventScalar& scalar : event_scalars(map_input_file(file), file.string()))
            scalars.push_back(std::move(scalar));
    }
    return log_of(scalars);
}

} // namespace circuitloom
