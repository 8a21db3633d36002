#include "ui/video/libav/part_file.h"

#include "core/base/file_permissions.h"
#include "ui/base/file_path.h"
#include "ui/video/libav/libav.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

namespace circuitloom::ui {

namespace {

[[noreturn]] void refuse(const QString& file)
{
    throw libav::cannot_write(file, QString::fromLocal8Bit(std::strerror(errno)));
}

} // namespace

// mkstemps() makes a new file and follows no link, whatever lies in the folder.
PartFile::PartFile(const QString& file)
    : file_(file)
    , part_(path_of(file).string() + ".XXXXXX.part")
    , descriptor_(::mkstemps(part_.data(), sizeof ".part" - 1))
{
    if (descriptor_ < 0)
        refuse(file_);
}

PartFile::~PartFile()
{
    ::close(descriptor_);
    if (!committed_)
        ::unlink(part_.c_str());
}

QByteArray PartFile::part() const
{
    return "/proc/self/fd/" + QByteArray::number(descriptor_);
}

void PartFile::commit()
{
    if (::fchmod(descriptor_, permissions_for(path_of(file_))) != 0 || ::fsync(descriptor_) != 0
        || ::rename(part_.c_str(), path_of(file_).c_str()) != 0)
        refuse(file_);
    committed_ = true;
}

} // namespace circuitloom::ui
