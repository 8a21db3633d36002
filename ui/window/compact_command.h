#pragma once

#include "core/store/compaction.h"

#include <QObject>
#include <QPointer>

class QAction;
class QProgressDialog;
class QWidget;

namespace circuitloom::ui {

class ErrorBanner;
class ExperimentSession;

/// File → Compact…: makes the open file as small as what it holds, after asking, and says what it
/// had and what it has. Not while a run trains; meanwhile nothing else can be begun.
class CompactCommand : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `window` is the dialogs' parent.
    CompactCommand(
        QWidget& window, ExperimentSession& session, QAction& action, ErrorBanner& banner);

private:
    void ask();
    void begin();
    void tell(const Compaction& done);
    void show_state();

    QWidget& window_;
    ExperimentSession& session_;
    QAction& action_;
    ErrorBanner& banner_;
    QPointer<QProgressDialog> progress_; ///< while it goes on
};

} // namespace circuitloom::ui
