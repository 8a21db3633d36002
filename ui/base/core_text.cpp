#include "ui/base/core_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <string>

namespace circuitloom::ui {

namespace {

/// Bytes. Texts of the core are no longer, and a file may hold any.
constexpr std::size_t longest_with_end = 300;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(CoreText)
};

} // namespace

QString core_text(std::string_view text)
{
    return QCoreApplication::translate("Core", std::string(text).c_str());
}

QString core_text_with_end(std::string_view text)
{
    const QString whole = core_text(text);
    if (text.size() > longest_with_end || whole.toStdString() != text)
        return whole;
    for (std::size_t end = text.rfind(' '); end != text.npos && end > 0;
         end = text.rfind(' ', end - 1)) {
        const std::string key = std::string(text.substr(0, end + 1)) + "%1";
        const QString translated = core_text(key);
        if (translated.toStdString() != key)
            return translated.arg(QString::fromUtf8(text.substr(end + 1)));
    }
    return whole;
}

QString progress_text(std::string_view text)
{
    static const QRegularExpression with_numbers(QStringLiteral("^(.+) \\((\\d+) of (\\d+)\\)$"));
    const QRegularExpressionMatch match
        = with_numbers.match(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    if (!match.hasMatch())
        return core_text_with_end(text);
    return Words::tr("%1 (%2 of %3)")
        .arg(core_text_with_end(match.captured(1).toStdString()), match.captured(2),
            match.captured(3));
}

} // namespace circuitloom::ui
