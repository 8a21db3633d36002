#pragma once

#include <QString>

#include <utility>
#include <vector>

class QWidget;

namespace circuitloom::ui {

/// What keys and mouse do in one part of the program.
struct ShortcutGroup
{
    QString title;
    std::vector<std::pair<QString, QString>> rows; ///< keys and what they do
};

/// A group for each menu of `window`, with the actions that have keys, then one for each part of
/// the window with the keys and gestures of its own.
std::vector<ShortcutGroup> shortcut_groups(const QWidget& window);

/// All of them in a dialog.
void show_shortcuts(QWidget* window);

} // namespace circuitloom::ui
