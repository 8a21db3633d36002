#include "ui/video/libav/part_file.h"

#include "ui/video/libav/libav.h"

#include <QCoreApplication>
#include <QFile>

#include <filesystem>

namespace circuitloom::ui {

PartFile::PartFile(const QString& file)
    : file_(file)
    // Two programs may write the same film at once.
    , part_(QStringLiteral("%1.%2.part").arg(file).arg(QCoreApplication::applicationPid()))
{
}

PartFile::~PartFile()
{
    QFile::remove(part_);
}

void PartFile::commit()
{
    std::error_code error;
    std::filesystem::rename(part_.toStdU16String(), file_.toStdU16String(), error);
    if (error)
        throw libav::cannot_write(file_, QString::fromStdString(error.message()));
}

} // namespace circuitloom::ui
