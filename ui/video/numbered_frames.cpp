#include "ui/video/numbered_frames.h"

#include "core/base/error.h"
#include "ui/base/file_path.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QImageWriter>
#include <QRegularExpression>

#include <filesystem>
#include <map>
#include <system_error>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(NumberedFrames)
};

const QRegularExpression& pattern()
{
    static const QRegularExpression one_number(QStringLiteral("^([^%]*)%(?:0(\\d))?d([^%]*)$"));
    return one_number;
}

[[noreturn]] void refuse(const QString& file, const QString& why)
{
    throw ResourceError(
        Words::tr("The frame %1 cannot be written: %2.").arg(file, why).toStdString());
}

QString frame_name(const QString& name, int number)
{
    const auto parts = pattern().match(name);
    return parts.captured(1)
        + QStringLiteral("%1").arg(number, parts.captured(2).toInt(), 10, QLatin1Char('0'))
        + parts.captured(3);
}

} // namespace

bool is_numbered(const QString& file)
{
    return pattern().match(QFileInfo(file).fileName()).hasMatch();
}

QStringList frames_there(const QString& file)
{
    const QFileInfo info(file);
    const auto parts = pattern().match(info.fileName());
    const qsizetype beside = parts.capturedLength(1) + parts.capturedLength(3);
    std::map<int, QString> found;
    for (const QFileInfo& there : QDir(info.path()).entryInfoList(QDir::Files | QDir::Hidden)) {
        const QString name = there.fileName();
        const QString digits = name.mid(parts.capturedLength(1), name.size() - beside);
        bool number = false;
        const int frame = digits.toInt(&number);
        if (number && frame >= 0 && frame_name(info.fileName(), frame) == name)
            found.emplace(frame, there.filePath());
    }
    QStringList files;
    for (const auto& [frame, name] : found)
        files.append(name);
    return files;
}

NumberedFrames::NumberedFrames(const QString& file)
    : folder_(QFileInfo(file).path())
    , name_(QFileInfo(file).fileName())
{
    if (!QFileInfo::exists(folder_)) {
        if (!QDir().mkpath(folder_))
            refuse(file, Words::tr("its folder cannot be made"));
        made_folder_ = folder_;
    }
    part_ = std::make_unique<QTemporaryDir>(
        QDir(folder_).filePath(QStringLiteral("frames.part-XXXXXX")));
    if (!part_->isValid())
        refuse(file, part_->errorString());
}

NumberedFrames::~NumberedFrames()
{
    part_.reset();
    if (!made_folder_.isEmpty())
        QDir().rmdir(made_folder_); // unless something is in it
}

void NumberedFrames::add(const QImage& frame)
{
    const QString name = frame_name(name_, count_);
    QFile file(part_->filePath(name));
    if (!file.open(QIODevice::WriteOnly))
        refuse(name, file.errorString());
    QImageWriter writer(&file, "png");
    if (!writer.write(frame))
        refuse(name, writer.errorString());
    if (!file.flush())
        refuse(name, file.errorString());
    ++count_;
}

void NumberedFrames::finish()
{
    const QDir folder(folder_);
    for (int frame = 0; frame < count_; ++frame) {
        const QString name = frame_name(name_, frame);
        std::error_code error;
        std::filesystem::rename(
            path_of(part_->filePath(name)), path_of(folder.filePath(name)), error);
        if (error)
            refuse(folder.filePath(name), QString::fromStdString(error.message()));
    }
    // A longer film that was there before ends where this one does.
    for (int frame = count_; QFile::remove(folder.filePath(frame_name(name_, frame)));)
        ++frame;
    made_folder_.clear();
}

} // namespace circuitloom::ui
