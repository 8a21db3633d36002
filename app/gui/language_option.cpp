#include "app/gui/language_option.h"

#include <algorithm>

namespace circuitloom {

std::optional<QString> take_language(QStringList& arguments)
{
    const QString name = QString::fromLatin1(language_option);
    QString language;
    for (qsizetype i = 1; i < arguments.size();) {
        if (arguments[i] == name) {
            language = arguments.value(i + 1);
            arguments.remove(i, std::min<qsizetype>(2, arguments.size() - i));
        } else if (arguments[i].startsWith(name + u'=')) {
            language = arguments.takeAt(i).mid(name.size() + 1);
        } else {
            ++i;
            continue;
        }
        if (language.isEmpty())
            return std::nullopt;
    }
    return language;
}

} // namespace circuitloom
