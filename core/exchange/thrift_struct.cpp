#include "core/exchange/thrift_struct.h"

#include "core/exchange/wire_bytes.h"

#include <cstddef>

namespace circuitloom {

namespace {

// The protocol's numbers of the types of fields and of elements.
constexpr int type_i32 = 5;
constexpr int type_i64 = 6;
constexpr int type_binary = 8;
constexpr int type_list = 9;
constexpr int type_struct = 12;

constexpr int most_in_header = 15; // of a step to the next field's number; of elements, one less

/// So that a small negative number is short as well.
std::string zigzag(std::int64_t value)
{
    return varint(static_cast<std::uint64_t>(value) << 1
        ^ static_cast<std::uint64_t>(value >> 63)); // NOLINT: an arithmetic shift
}

std::string sized(std::string_view text)
{
    return varint(text.size()) + std::string(text);
}

} // namespace

void ThriftStruct::begin(int field, int type)
{
    const int step = field - last_;
    if (step >= 1 && step <= most_in_header)
        bytes_ += static_cast<char>(step << 4 | type);
    else
        bytes_ += static_cast<char>(type) + zigzag(field);
    last_ = field;
}

void ThriftStruct::begin_list(int field, std::size_t size, int type)
{
    begin(field, type_list);
    if (size < most_in_header)
        bytes_ += static_cast<char>(size << 4 | static_cast<unsigned>(type));
    else
        bytes_ += static_cast<char>(most_in_header << 4 | type) + varint(size);
}

ThriftStruct& ThriftStruct::integer(int field, std::int32_t value)
{
    begin(field, type_i32);
    bytes_ += zigzag(value);
    return *this;
}

ThriftStruct& ThriftStruct::long_integer(int field, std::int64_t value)
{
    begin(field, type_i64);
    bytes_ += zigzag(value);
    return *this;
}

ThriftStruct& ThriftStruct::text(int field, std::string_view value)
{
    begin(field, type_binary);
    bytes_ += sized(value);
    return *this;
}

ThriftStruct& ThriftStruct::structure(int field, const ThriftStruct& value)
{
    begin(field, type_struct);
    bytes_ += value.bytes();
    return *this;
}

ThriftStruct& ThriftStruct::integers(int field, const std::vector<std::int32_t>& values)
{
    begin_list(field, values.size(), type_i32);
    for (const std::int32_t value : values)
        bytes_ += zigzag(value);
    return *this;
}

ThriftStruct& ThriftStruct::texts(int field, const std::vector<std::string>& values)
{
    begin_list(field, values.size(), type_binary);
    for (const std::string& value : values)
        bytes_ += sized(value);
    return *this;
}

ThriftStruct& ThriftStruct::structures(int field, const std::vector<ThriftStruct>& values)
{
    begin_list(field, values.size(), type_struct);
    for (const ThriftStruct& value : values)
        bytes_ += value.bytes();
    return *this;
}

std::string ThriftStruct::bytes() const
{
    return bytes_ + '\0';
}

} // namespace circuitloom
