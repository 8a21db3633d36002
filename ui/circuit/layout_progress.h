#pragma once

#include <QFrame>

namespace circuitloom::ui {

/// Says that Graphviz is at work, and lets the user stop it. It lies over the picture, which would
/// move if it had to make room.
class LayoutProgress : public QFrame
{
    Q_OBJECT

public:
    /// Hidden at first.
    explicit LayoutProgress(QWidget* parent);

    void show_at(const QPoint& position);

Q_SIGNALS:
    void cancelled();
};

} // namespace circuitloom::ui
