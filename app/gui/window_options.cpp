#include "app/gui/window_options.h"

#include "app/gui/opengl_check.h"
#include "core/base/error.h"
#include "core/base/nearest.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace circuitloom {

namespace {

constexpr const char* timed_option = "--startup-time"; // for packaging/try_programs.sh; nobody else needs it

constexpr std::array given_alone{ "--version", "--help", opengl_check_option };

[[noreturn]] void refuse(const std::string& option)
{
    if (std::ranges::find(given_alone, option) != given_alone.end())
        throw InputError(option + " is given by itself, as in circuitloom " + option + ".");
    std::vector<std::string> names(given_alone.begin(), given_alone.end());
    names.emplace_back(language_option);
    for (std::string& name : names)
        name.erase(0, 2);
    const std::string word = option.substr(std::min(option.find_first_not_of('-'), option.size()));
    const std::string meant = likely_meant(word, names);
    throw InputError("The window has no option " + for_message(option)
        + (meant.empty() ? "" : "; the nearest is --" + meant) + ".");
}

} // namespace

WindowOptions window_options(const QStringList& words)
{
    WindowOptions options;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString name = words[i].section(u'=', 0, 0);
        if (words[i] == QStringLiteral("--")) {
            options.files << words.mid(i + 1);
            break;
        }
        if (!words[i].startsWith(u'-')) {
            options.files << words[i];
        } else if (name == QLatin1String(language_option)) {
            options.language = words[i] == name ? words.value(++i) : words[i].mid(name.size() + 1);
            if (options.language.isEmpty())
                throw InputError("--language takes a language, as in --language de.");
        } else if (words[i] == QLatin1String(timed_option)) {
            options.timed = true;
        } else {
            refuse(name.toStdString());
        }
    }
    return options;
}

} // namespace circuitloom
