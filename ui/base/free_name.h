#pragma once

#include <QString>
#include <QStringList>

namespace circuitloom::ui {

/// The first of “pattern 1”, “pattern 2” and so on that is not `taken`; `pattern` has a %1 for the
/// number.
inline QString free_name(const QString& pattern, const QStringList& taken)
{
    for (int number = 1;; ++number)
        if (const QString name = pattern.arg(number); !taken.contains(name))
            return name;
}

} // namespace circuitloom::ui
