#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

namespace circuitloom::testing {

/// In place of ssh for this program: a shell here is given the command that was meant for the host,
/// with the circuitloom-cli that was built on its PATH. While a file `cut` is in `folder` there is
/// no line; while there is one called `connections`, each connection adds a letter to it; the
/// process of the last one is in `process`.
inline bool use_fake_line(const QString& folder)
{
    QFile line(folder + QStringLiteral("/line"));
    if (!line.open(QIODevice::WriteOnly))
        return false;
    line.write("#!/bin/sh\nfor last; do :; done\nhere=\"$(dirname \"$0\")\"\n"
               "[ -e \"$here/cut\" ] && exit 255\n"
               "[ -e \"$here/connections\" ] && printf x >>\"$here/connections\"\n"
               "echo $$ >\"$here/process\"\n"
               "PATH=\"$(dirname '" CIRCUITLOOM_CLI "'):$PATH\"\nexec /bin/sh -c \"exec $last\"\n");
    line.close();
    qputenv("CIRCUITLOOM_SSH", line.fileName().toLocal8Bit());
    return line.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace circuitloom::testing
