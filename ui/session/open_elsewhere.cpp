#include "ui/session/open_elsewhere.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QStandardPaths>

namespace circuitloom::ui {

namespace {

constexpr int look_again = 3000; ///< milliseconds, while another window has the file

QString lock_of(const QString& file)
{
    const QString folder
        = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
        + QStringLiteral("/Circuitloom/open");
    const QString path = QFileInfo(file).canonicalFilePath();
    if (path.isEmpty() || !QDir().mkpath(folder))
        return {};
    const QByteArray name
        = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha1).toHex();
    return folder + u'/' + QString::fromLatin1(name) + QStringLiteral(".lock");
}

} // namespace

OpenElsewhere::OpenElsewhere(QObject* parent)
    : QObject(parent)
{
    again_.setSingleShot(true);
    again_.setInterval(look_again);
    connect(&again_, &QTimer::timeout, this, [this] {
        look();
        if (!open_)
            Q_EMIT changed();
    });
}

OpenElsewhere::~OpenElsewhere() = default;

void OpenElsewhere::watch(const QString& file)
{
    if (file == file_ && lock_)
        return;
    file_ = file;
    lock_.reset();
    open_ = false;
    again_.stop();
    const QString name = file.isEmpty() ? QString() : lock_of(file);
    if (name.isEmpty())
        return;
    lock_ = std::make_unique<QLockFile>(name);
    lock_->setStaleLockTime(0); // however old it is, it counts while its process lives
    look();
}

void OpenElsewhere::look()
{
    open_ = !lock_->tryLock(0) && lock_->error() == QLockFile::LockFailedError;
    if (open_)
        again_.start();
}

} // namespace circuitloom::ui
