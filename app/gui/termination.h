#pragma once

#include <QObject>

#include <functional>

namespace circuitloom {

/// While it lives, the first SIGTERM, SIGHUP or SIGINT (logging out, a closed terminal, Ctrl-C)
/// calls back in the event loop, where the program can end in order; the second ends it at once. A
/// signal that was ignored before stays so. At most one at a time.
class Termination : public QObject
{
public:
    explicit Termination(std::function<void()> asked);
    ~Termination() override;
};

} // namespace circuitloom
