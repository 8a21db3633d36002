#include "core/formats/byte_planes.h"

#include "core/base/error.h"

#include <zlib.h>

#include <algorithm>
#include <cstdint>

namespace circuitloom {

namespace {

constexpr std::size_t length_bytes = 4;
constexpr int fastest = 1;
/// A plane is tried on its beginning first: deflating what does not shrink takes the longest.
constexpr std::size_t tried = std::size_t{ 1 } << 15;

bool is_worth_it(std::size_t packed, std::size_t plain)
{
    return packed * 5 < plain * 3;
}

const Bytef* as_zlib(std::span<const std::byte> bytes)
{
    return reinterpret_cast<const Bytef*>(bytes.data());
}

std::vector<std::byte> deflated(std::span<const std::byte> plane)
{
    uLongf size = compressBound(plane.size());
    std::vector<std::byte> packed(size);
    if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, as_zlib(plane), plane.size(),
            fastest)
        != Z_OK)
        throw ResourceError("zlib could not compress: is there too little memory?");
    packed.resize(size);
    return packed;
}

bool shrinks(std::span<const std::byte> plane)
{
    const auto beginning = plane.first(std::min(plane.size(), tried));
    return is_worth_it(deflated(beginning).size(), beginning.size());
}

void append_length(std::vector<std::byte>& planes, std::size_t length)
{
    for (std::size_t i = 0; i < length_bytes; ++i)
        planes.push_back(static_cast<std::byte>(length >> (8 * i)));
}

[[noreturn]] void refuse()
{
    throw InputError("compressed numbers do not have the length that is written before them");
}

std::span<const std::byte> next_plane(std::span<const std::byte>& planes)
{
    if (planes.size() < length_bytes)
        refuse();
    std::size_t length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i)
        length |= std::to_integer<std::size_t>(planes[i]) << (8 * i);
    planes = planes.subspan(length_bytes);
    if (length > planes.size())
        refuse();
    const auto plane = planes.first(length);
    planes = planes.subspan(length);
    return plane;
}

} // namespace

std::vector<std::byte> into_planes(std::span<const std::byte> numbers, std::size_t width)
{
    const std::size_t count = numbers.size() / width;
    std::vector<std::byte> planes;
    planes.reserve(numbers.size() + width * length_bytes);
    std::vector<std::byte> plane(count);
    for (std::size_t place = 0; place < width; ++place) {
        for (std::size_t i = 0; i < count; ++i)
            plane[i] = numbers[i * width + place];
        std::vector<std::byte> packed;
        if (shrinks(plane))
            packed = deflated(plane);
        const bool smaller = !packed.empty() && packed.size() < plane.size();
        const std::vector<std::byte>& kept = smaller ? packed : plane;
        append_length(planes, kept.size());
        planes.insert(planes.end(), kept.begin(), kept.end());
    }
    return planes;
}

void from_planes(
    std::span<const std::byte> planes, std::size_t width, std::span<std::byte> numbers)
{
    const std::size_t count = numbers.size() / width;
    std::vector<std::byte> plane(count);
    for (std::size_t place = 0; place < width; ++place) {
        const auto kept = next_plane(planes);
        if (kept.size() == count) {
            std::ranges::copy(kept, plane.begin());
        } else {
            uLongf size = count;
            if (uncompress(
                    reinterpret_cast<Bytef*>(plane.data()), &size, as_zlib(kept), kept.size())
                    != Z_OK
                || size != count)
                refuse();
        }
        for (std::size_t i = 0; i < count; ++i)
            numbers[i * width + place] = plane[i];
    }
    if (!planes.empty())
        refuse();
}

} // namespace circuitloom
