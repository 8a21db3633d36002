#pragma once

#include <QByteArray>
#include <QString>

namespace circuitloom::ui {

/// Writes a file as a whole: under another name, which it then takes, so that a failure leaves what
/// was there before. May run on any thread. Throws ResourceError naming the file and what the system
/// says, such as that the disk is full; InputError where `file` is a folder.
void write_whole_file(const QString& file, const QByteArray& bytes);

} // namespace circuitloom::ui
