#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStandardPaths>
#include <QString>
#include <QStringList>

namespace circuitloom::testing {

/// Skips the test, and says so, where a program that checks our files is not installed.
#define NEED_PROGRAM(name)                                                                         \
    if (QStandardPaths::findExecutable(QStringLiteral(name)).isEmpty())                            \
    QSKIP(name " is not installed")

/// What a program prints; empty, with its errors as a warning, where it fails.
inline QByteArray printed_by(const char* program, const QStringList& arguments)
{
    QProcess process;
    process.start(QString::fromLatin1(program), arguments);
    if (process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit
        && process.exitCode() == 0)
        return process.readAllStandardOutput();
    qWarning("%s failed: %s", program, process.readAllStandardError().constData());
    return {};
}

} // namespace circuitloom::testing
