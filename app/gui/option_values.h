#pragma once

#include <QCommandLineParser>
#include <QString>

#include <cstddef>
#include <initializer_list>
#include <utility>

namespace circuitloom {

/// Throws InputError: what an option takes, and what it was given.
[[noreturn]] void refuse_option(const char* option, const QString& takes, const QString& given);

/// What the options of a command line say. Throws InputError for what they do not take.
class OptionValues
{
public:
    explicit OptionValues(const QCommandLineParser& parser)
        : parser_(parser)
    {
    }

    bool has(const char* option) const { return parser_.isSet(QLatin1String(option)); }
    QString text(const char* option) const { return parser_.value(QLatin1String(option)); }
    int whole(const char* option, int least, int fallback) const;
    /// Above 0.
    double number(const char* option, double fallback) const;
    /// Two whole numbers with `between` between them.
    std::pair<int, int> pair(const char* option, QChar between, int least) const;
    /// The index of the word given.
    std::size_t word(const char* option, std::initializer_list<const char*> words) const;

private:
    const QCommandLineParser& parser_;
};

} // namespace circuitloom
