#include "core/base/error.h"
#include "core/formats/safetensors.h"
#include "core/formats/tensor_decoding.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace circuitloom {

namespace {

/// A file under a temporary name beside its final one. Unless commit() is reached, it is removed.
class ReplacementFile
{
public:
    explicit ReplacementFile(const std::filesystem::path& file)
        : target_(file.string())
        , temporary_(target_ + ".XXXXXX")
        , descriptor_(::mkstemp(temporary_.data()))
    {
        if (descriptor_ < 0)
            fail();
    }
    ~ReplacementFile()
    {
        if (descriptor_ >= 0)
            ::close(descriptor_);
        if (!committed_)
            ::unlink(temporary_.c_str());
    }
    ReplacementFile(const ReplacementFile&) = delete;
    ReplacementFile& operator=(const ReplacementFile&) = delete;

    void write(const void* data, std::size_t size)
    {
        const char* bytes = static_cast<const char*>(data);
        while (size > 0) {
            const ssize_t written = ::write(descriptor_, bytes, size);
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                fail();
            bytes += written;
            size -= static_cast<std::size_t>(written);
        }
    }

    void commit()
    {
        // mkstemp() makes the file private; a model is an ordinary file.
        if (::fchmod(descriptor_, 0644) != 0 || ::fsync(descriptor_) != 0)
            fail();
        if (::rename(temporary_.c_str(), target_.c_str()) != 0)
            fail();
        committed_ = true;
    }

private:
    [[noreturn]] void fail() const
    {
        throw ResourceError("Cannot write " + target_ + ": " + std::strerror(errno) + ".");
    }

    std::string target_;
    std::string temporary_;
    int descriptor_;
    bool committed_ = false;
};

std::size_t bytes_for(const TensorView& tensor)
{
    std::size_t bytes = block_size(tensor.type).bytes;
    for (const std::int64_t size : tensor.shape)
        bytes *= static_cast<std::size_t>(size);
    return bytes;
}

std::string header_json(std::span<const TensorView> tensors,
    const std::map<std::string, std::string>& metadata, const std::string& file)
{
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::size_t offset = 0;
    for (const TensorView& tensor : tensors) {
        if (block_size(tensor.type).elements != 1 || tensor.transposed
            || !tensor.row_order.is_usual())
            throw InputError(file + ": " + tensor.name
                + " is stored in a way that safetensors does not have; decode it first.");
        if (header.contains(tensor.name))
            throw InputError(file + ": " + tensor.name + " is given twice.");
        const std::size_t end = offset + bytes_for(tensor);
        header[tensor.name] = { { "dtype", element_type_name(tensor.type) },
            { "shape", tensor.shape }, { "data_offsets", { offset, end } } };
        offset = end;
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' '); // the tensors begin on a multiple of 8
    return text;
}

} // namespace

void write_safetensors(const std::filesystem::path& file, std::span<const TensorView> tensors,
    const std::map<std::string, std::string>& metadata)
{
    write_safetensors(
        file, tensors, [tensors](std::size_t index) { return tensors[index].bytes; }, metadata);
}

void write_safetensors(const std::filesystem::path& file, std::span<const TensorView> tensors,
    const std::function<std::span<const std::byte>(std::size_t)>& bytes_of,
    const std::map<std::string, std::string>& metadata)
{
    const std::string header = header_json(tensors, metadata, file.string());
    const std::uint64_t header_size = header.size();
    ReplacementFile output(file);
    output.write(&header_size, sizeof header_size);
    output.write(header.data(), header.size());
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const std::span<const std::byte> bytes = bytes_of(i);
        if (bytes.size() != bytes_for(tensors[i]))
            throw InputError(
                file.string() + ": the bytes of " + tensors[i].name + " do not match its shape.");
        output.write(bytes.data(), bytes.size());
    }
    output.commit();
}

} // namespace circuitloom
