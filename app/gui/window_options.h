#pragma once

#include <QString>
#include <QStringList>

namespace circuitloom {

inline constexpr const char* language_option = "--language";

/// What the command line asks of the window.
struct WindowOptions
{
    QString language; ///< as in de; empty where none is asked for
    bool timed = false; ///< --startup-time: the first paint is said on the standard error
    QStringList files; ///< to open, and addresses; after -- also those that begin with a dash
};

/// Of the words behind the program's name, without Qt's own options. Throws InputError for an
/// option that the window has not, and for --language without a language.
WindowOptions window_options(const QStringList& words);

} // namespace circuitloom
