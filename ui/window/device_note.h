#pragma once

#include <QObject>

namespace circuitloom::ui {

class ExperimentSession;
class HeaderBar;

/// Asks the engine what it can compute on, once it is there and whenever the header wants to know, and
/// tells the header.
class DeviceNote : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    DeviceNote(ExperimentSession& session, HeaderBar& header);
};

} // namespace circuitloom::ui
