#pragma once

#include <QApplication>

#include <functional>

namespace circuitloom::ui {

/// The application. Nothing that the handler of an event throws ends the program, once somebody
/// wants to be told: what a slot, a timer or a key did is given up, the rest goes on. Until then,
/// and in tests, exceptions pass.
class GuardedApplication : public QApplication
{
public:
    struct Failure
    {
        QString sentence; ///< for the user
        QString details; ///< for whoever mends it: the kind of exception and where it came up
    };
    using Tell = std::function<void(const Failure& failure)>;

    GuardedApplication(int& argc, char** argv);
    /// Waits for what the application's threads still do: they hand it their results in the end.
    ~GuardedApplication() override;
    /// `tell` is called on the window's thread, with no event half handled. It must not throw.
    void set_tell(Tell tell);

    bool notify(QObject* receiver, QEvent* event) override;

private:
    Tell tell_;
};

} // namespace circuitloom::ui
