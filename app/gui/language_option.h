#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace circuitloom {

inline constexpr const char* language_option = "--language";

/// Takes `--language de` or `--language=de` out of the window's arguments. Returns what it names,
/// empty where it is absent, and nothing where no language follows it.
std::optional<QString> take_language(QStringList& arguments);

} // namespace circuitloom
