#pragma once

#include "core/base/ids.h"
#include "core/remote/run_orders.h"

#include <QObject>

namespace circuitloom::ui {

class ErrorBanner;
class ExperimentSession;
class RemoteCommands;
struct RunHistory;

/// Tells runs of the open file that other processes train to pause, to go on and to stop: those at a
/// host over its line, those on this machine by their process. What is refused, the banner says.
class OrdersElsewhere : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    OrdersElsewhere(ExperimentSession& session, ErrorBanner& banner, QObject* parent);

    void set_remote(RemoteCommands& remote) { remote_ = &remote; }
    /// The open file is that of a host, which takes no run of this computer.
    bool mirrored() const;
    /// Another process trains it, which can be reached.
    bool reaches(const RunHistory* run) const;
    /// Returns at once; what comes of it shows in the file.
    void tell(RunId run, RunOrder order);

private:
    ExperimentSession& session_;
    ErrorBanner& banner_;
    RemoteCommands* remote_ = nullptr;
};

} // namespace circuitloom::ui
