#include "core/formats/replacement_file.h"

#include "core/base/error.h"
#include "core/base/file_permissions.h"
#include "core/formats/temporary_name.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace circuitloom {

ReplacementFile::ReplacementFile(const std::filesystem::path& file)
    : target_(file.string())
    , temporary_(temporary_pattern(file))
    , descriptor_(::mkstemp(temporary_.data()))
{
    if (descriptor_ < 0)
        fail();
}

ReplacementFile::~ReplacementFile()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
    if (!committed_)
        ::unlink(temporary_.c_str());
}

void ReplacementFile::write(const void* data, std::size_t size)
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

void ReplacementFile::commit()
{
    // mkstemp() makes the file private; what is written here is an ordinary file.
    if (::fchmod(descriptor_, permissions_for(target_)) != 0 || ::fsync(descriptor_) != 0)
        fail();
    if (::rename(temporary_.c_str(), target_.c_str()) != 0)
        fail();
    committed_ = true;
}

void write_whole(const std::filesystem::path& file, std::string_view bytes)
{
    ReplacementFile whole(file);
    whole.write(bytes.data(), bytes.size());
    whole.commit();
}

void ReplacementFile::fail() const
{
    throw ResourceError("Cannot write " + target_ + ": " + std::strerror(errno) + ".");
}

} // namespace circuitloom
