#pragma once

#include <QStackedWidget>

namespace circuitloom::ui {

class CircuitPanel;
class StartPage;

/// The middle of the window: the start page, or the circuit.
class CircuitPages : public QStackedWidget
{
    Q_OBJECT

public:
    explicit CircuitPages(QWidget* parent = nullptr);

    StartPage* start() const { return start_; }
    CircuitPanel* circuit() const { return circuit_; }
    void show_start();
    /// The circuit gets the focus when it comes.
    void show_circuit();

private:
    StartPage* start_;
    CircuitPanel* circuit_;
};

} // namespace circuitloom::ui
