#pragma once

#include "app/reference/program_reference.h"

#include <QString>
#include <QStringList>

#include <vector>

class QCommandLineParser;

namespace circuitloom {

/// An option of one of the window program's commands.
struct CommandOption
{
    QStringList names; ///< without their dashes
    const char* what;  ///< its help, UTF-8
    const char* value; ///< what it takes; none for a switch
    const char* fallback = "";
};

/// Has the parser take them, and FILE.loom; `description` is UTF-8.
void add_options(
    QCommandLineParser& parser, const char* description, const std::vector<CommandOption>& options);

/// The same for the manual page and the completions.
CommandReference command_reference(
    const char* name, const char* description, const std::vector<CommandOption>& options);

/// What `--help` prints; `usage` is how the command is called.
QString help_of(const QCommandLineParser& parser, const char* usage);

} // namespace circuitloom
