#include "app/gui/command_options.h"

#include <QCommandLineParser>

namespace circuitloom {

void add_options(
    QCommandLineParser& parser, const char* description, const std::vector<CommandOption>& options)
{
    parser.setApplicationDescription(QString::fromUtf8(description));
    parser.addPositionalArgument(QStringLiteral("FILE.loom"), QStringLiteral("The experiment."));
    for (const CommandOption& option : options) {
        QString what = QString::fromUtf8(option.what);
        if (*option.fallback)
            what += QStringLiteral(" Default: ") + QString::fromUtf8(option.fallback) + u'.';
        if (option.value)
            parser.addOption({ option.names, what, QString::fromUtf8(option.value),
                QString::fromUtf8(option.fallback) });
        else
            parser.addOption({ option.names, what });
    }
}

CommandReference command_reference(
    const char* name, const char* description, const std::vector<CommandOption>& options)
{
    CommandReference command;
    command.name = name;
    command.help = description;
    OptionReference file;
    file.value = "FILE.loom";
    file.help = "The experiment.";
    file.takes_file = true;
    file.required = true;
    command.arguments.push_back(file);
    for (const CommandOption& option : options) {
        OptionReference reference;
        for (const QString& one : option.names)
            reference.names.push_back((one.size() == 1 ? "-" : "--") + one.toStdString());
        reference.help = option.what;
        if (option.value)
            reference.value = option.value;
        reference.fallback = option.fallback;
        reference.takes_file = option.value && option.names.contains(QStringLiteral("output"));
        command.options.push_back(reference);
    }
    return command;
}

QString help_of(const QCommandLineParser& parser, const char* usage)
{
    const QString help = parser.helpText(); // whose first line has the program's path alone
    return QStringLiteral("Usage: ") + QString::fromUtf8(usage) + help.mid(help.indexOf(u'\n'));
}

} // namespace circuitloom
