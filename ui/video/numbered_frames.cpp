#include "ui/video/numbered_frames.h"

#include "core/base/error.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QImageWriter>
#include <QRegularExpression>
#include <QSaveFile>

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

} // namespace

bool is_numbered(const QString& file)
{
    return pattern().match(QFileInfo(file).fileName()).hasMatch();
}

NumberedFrames::NumberedFrames(const QString& file)
{
    const QFileInfo info(file);
    const auto parts = pattern().match(info.fileName());
    before_ = info.path() + u'/' + parts.captured(1);
    digits_ = parts.captured(2).toInt();
    after_ = parts.captured(3);
    if (!QFileInfo::exists(info.path())) {
        if (!QDir().mkpath(info.path()))
            refuse(file, Words::tr("its folder cannot be made"));
        made_folder_ = info.path();
    }
}

NumberedFrames::~NumberedFrames()
{
    for (const QString& file : std::as_const(written_))
        QFile::remove(file);
    if (!made_folder_.isEmpty())
        QDir().rmdir(made_folder_); // unless something is in it
}

void NumberedFrames::add(const QImage& frame)
{
    const QString name = name_of(written_.size());
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        refuse(name, file.errorString());
    QImageWriter writer(&file, "png");
    if (!writer.write(frame))
        refuse(name, writer.errorString());
    if (!file.commit())
        refuse(name, file.errorString());
    written_.append(name);
}

void NumberedFrames::finish()
{
    written_.clear();
    made_folder_.clear();
}

QString NumberedFrames::name_of(qsizetype number) const
{
    return before_ + QStringLiteral("%1").arg(number, digits_, 10, QLatin1Char('0')) + after_;
}

} // namespace circuitloom::ui
