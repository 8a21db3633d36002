#pragma once

#include <QWidget>

#include <functional>

namespace circuitloom {

/// Calls back once, in the event loop, when a window has been painted for the first time, or after
/// half a second where nothing paints it (it was opened minimised), at the latest when destroyed.
class FirstPaint : public QObject
{
public:
    FirstPaint(QWidget& window, std::function<void()> painted);
    ~FirstPaint() override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void call_back();

    std::function<void()> painted_;
};

} // namespace circuitloom
