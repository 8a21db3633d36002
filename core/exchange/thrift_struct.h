#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// A struct in Apache Thrift's compact protocol, in which Parquet writes its headers. Fields are added
/// by ascending number.
class ThriftStruct
{
public:
    ThriftStruct& integer(int field, std::int32_t value);
    ThriftStruct& long_integer(int field, std::int64_t value);
    ThriftStruct& text(int field, std::string_view value);
    ThriftStruct& structure(int field, const ThriftStruct& value);
    ThriftStruct& integers(int field, const std::vector<std::int32_t>& values);
    ThriftStruct& texts(int field, const std::vector<std::string>& values);
    ThriftStruct& structures(int field, const std::vector<ThriftStruct>& values);

    /// Its bytes, with the mark of its end.
    std::string bytes() const;

private:
    void begin(int field, int type);
    void begin_list(int field, std::size_t size, int type);

    std::string bytes_;
    int last_ = 0;
};

} // namespace circuitloom
