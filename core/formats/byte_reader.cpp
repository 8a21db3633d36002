#include "core/formats/byte_reader.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

namespace circuitloom {

std::span<const std::byte> ByteReader::bytes(std::uint64_t count)
{
    if (count > left())
        fail("needs " + std::to_string(count) + " bytes at byte " + std::to_string(position_)
            + ", but the file ends at byte " + std::to_string(bytes_.size()));
    const auto found = bytes_.subspan(position_, static_cast<std::size_t>(count));
    position_ += found.size();
    return found;
}

std::string_view ByteReader::text()
{
    const auto characters = bytes(number<std::uint64_t>());
    return { reinterpret_cast<const char*>(characters.data()), characters.size() };
}

std::uint64_t ByteReader::count(std::uint64_t least_bytes, std::uint64_t most)
{
    const auto value = number<std::uint64_t>();
    if (value > most)
        fail("is " + std::to_string(value) + "; at most " + std::to_string(most) + " are read");
    if (value > left() / least_bytes)
        fail("is " + std::to_string(value) + ", more than the rest of the file can hold");
    return value;
}

void ByteReader::fail(const std::string& what) const
{
    throw InputError(origin_ + ": " + for_message(subject_) + " " + for_message(what) + ".");
}

} // namespace circuitloom
