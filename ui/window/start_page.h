#pragma once

#include <QWidget>

class QPushButton;

namespace circuitloom::ui {

/// What stands in the circuit's place while there is none: one prominent button runs the demo.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);

Q_SIGNALS:
    void demo_requested();
    void open_requested();
};

} // namespace circuitloom::ui
