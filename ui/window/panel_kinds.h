#pragma once

#include <QKeySequence>
#include <QString>

#include <vector>

class QWidget;

namespace circuitloom::ui {

class PanelContext;

/// A panel that knows the window by its PanelContext alone.
struct PanelKind
{
    QString name; ///< of its dock, in the settings too; never translated
    QString title;
    Qt::DockWidgetArea area = Qt::RightDockWidgetArea;
    QKeySequence keys; ///< show and hide it; with Shift they detach it
    QWidget* (*make)(PanelContext& context, QWidget* parent) = nullptr;
    bool shown_at_first = true; ///< where the window is wide enough
    int useful_height = 320; ///< pixels: less shows too little of its figures
    bool as_wide_as_circuit = false; ///< while it is in sight, until it was given another width
};

/// Where panels are listed: a new one is a folder of its own and a line in panel_kinds.cpp (see
/// resources/docs/architecture.md, "How to add a panel").
std::vector<PanelKind> panel_kinds();

} // namespace circuitloom::ui
