#pragma once

#include <QStringList>

namespace circuitloom {

namespace ui {
class MainWindow;
}

/// Opens what the command line names: an ssh:// address as the menu's Open does, files as if they
/// had been dropped onto the window, which opens an experiment, begins a run with a model or a task,
/// observes a series, imports circuits, or says what it can do with files. A name that nothing has
/// is said to have nothing. For the window's thread, once the window is shown.
void open_named(ui::MainWindow& window, const QStringList& names);

} // namespace circuitloom
