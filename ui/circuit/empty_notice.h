#pragma once

#include <QFrame>

class QLabel;

namespace circuitloom::ui {

/// Says over a circuit view that nothing of the circuit is shown, and offers what would bring it
/// back. Hidden at first.
class EmptyNotice : public QFrame
{
    Q_OBJECT

public:
    explicit EmptyNotice(QWidget* parent = nullptr);

    /// Shows itself in the middle of `area`, a rectangle of its parent, about `edges` edges.
    void show_in(const QRect& area, int edges);

Q_SIGNALS:
    /// Everything that hides edges is to go.
    void clear_requested();

private:
    QLabel* words_;
};

} // namespace circuitloom::ui
