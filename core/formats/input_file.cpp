#include "core/formats/input_file.h"

#include "core/base/error.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace circuitloom {

namespace {

class OpenFile
{
public:
    explicit OpenFile(const std::filesystem::path& file)
        : name_(file.string())
        // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
        , descriptor_(::open(name_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    {
        if (descriptor_ < 0)
            fail();
        struct stat status = {};
        if (::fstat(descriptor_, &status) != 0)
            fail_and_close();
        if (!S_ISREG(status.st_mode)) {
            ::close(descriptor_);
            throw InputError(name_
                + (S_ISDIR(status.st_mode) ? " is a folder; a file is wanted."
                                           : " is not a regular file."));
        }
        size_ = static_cast<std::size_t>(status.st_size);
    }
    ~OpenFile() { ::close(descriptor_); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    const std::string& name() const { return name_; }
    int descriptor() const { return descriptor_; }
    std::size_t size() const { return size_; }
    [[noreturn]] void fail() const
    {
        throw InputError("Cannot read " + name_ + ": " + std::strerror(errno) + ".");
    }

private:
    [[noreturn]] void fail_and_close() const
    {
        const int error = errno;
        ::close(descriptor_);
        errno = error;
        fail();
    }

    std::string name_;
    int descriptor_;
    std::size_t size_ = 0;
};

/// Lets go of a mapped file.
struct Mapping
{
    void* address;
    std::size_t size;
    std::shared_ptr<const OpenFile> file;

    void operator()(const void*) const { ::munmap(address, size); }
    /// Where `bytes` begin in the file; nothing where they do not lie in it.
    std::optional<std::size_t> offset_of(std::span<const std::byte> bytes) const
    {
        const auto base = reinterpret_cast<std::uintptr_t>(address);
        const auto first = reinterpret_cast<std::uintptr_t>(bytes.data());
        if (bytes.empty() || first < base || first + bytes.size() > base + size)
            return std::nullopt;
        return first - base;
    }
};

constexpr std::size_t piece_bytes = std::size_t{ 1 } << 20;

/// What git has in the place of a large file that was not fetched.
void refuse_git_pointer(std::string_view beginning, const std::string& name)
{
    if (beginning.starts_with("version https://git-lfs.github.com/spec/"))
        throw InputError(name + " is not the file itself but a Git LFS pointer to it; fetch the file "
            + "with: git lfs pull");
}

} // namespace

std::string read_input_file(const std::filesystem::path& file, std::size_t max_bytes)
{
    const OpenFile input(file);
    if (input.size() > max_bytes)
        throw InputError(input.name() + " has " + std::to_string(input.size()) + " bytes; at most "
            + std::to_string(max_bytes) + " are read.");
    std::string text(input.size(), '\0');
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t got = ::read(input.descriptor(), text.data() + done, text.size() - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            input.fail();
        if (got == 0)
            break; // The file became shorter meanwhile.
        done += static_cast<std::size_t>(got);
    }
    text.resize(done);
    refuse_git_pointer(text, input.name());
    return text;
}

MappedFile map_input_file(const std::filesystem::path& file)
{
    const auto input = std::make_shared<const OpenFile>(file);
    if (input->size() == 0)
        throw InputError(input->name() + " is empty.");
    const std::size_t size = input->size();
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, input->descriptor(), 0);
    if (address == MAP_FAILED)
        input->fail();
    MappedFile mapped;
    mapped.mapping = std::shared_ptr<const void>(address, Mapping{ address, size, input });
    mapped.bytes = { static_cast<const std::byte*>(address), size };
    refuse_git_pointer({ static_cast<const char*>(address), size }, input->name());
    return mapped;
}

bool read_mapped(const std::shared_ptr<const void>& mapping, std::span<const std::byte> bytes,
    const std::function<void(std::span<const std::byte>)>& take)
{
    const auto* mapped = std::get_deleter<Mapping>(mapping);
    const auto offset = mapped ? mapped->offset_of(bytes) : std::nullopt;
    if (!offset)
        return false;
    std::vector<std::byte> piece(std::min(piece_bytes, bytes.size()));
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t got = ::pread(mapped->file->descriptor(), piece.data(),
            std::min(piece.size(), bytes.size() - done), static_cast<off_t>(*offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            mapped->file->fail();
        if (got == 0)
            throw InputError(mapped->file->name() + " had " + std::to_string(mapped->size)
                + " bytes when it was opened, and was shortened while it was read.");
        take({ piece.data(), static_cast<std::size_t>(got) });
        done += static_cast<std::size_t>(got);
    }
    return true;
}

} // namespace circuitloom
