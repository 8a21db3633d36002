#pragma once

#include "ui/theme/theme.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

class QWidget;

namespace circuitloom::ui {

class ComparisonDialog;
class ExperimentSession;
class RunsPanel;

/// The comparison of the runs that the list has, from when it is asked for until it is closed:
/// there is one at most. What it chooses is shown in the window.
///
/// For the window's thread.
class OpenComparison : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `window` is the dialog's parent.
    OpenComparison(QWidget& window, ExperimentSession& session, const RunsPanel& runs);

    /// Opens it, or raises it.
    void show();
    /// The runs or their figures changed: where it is open it follows a moment later, however often
    /// that is told until then.
    void follow_soon();
    void set_theme(const Theme& theme);

private:
    void open();
    void follow();

    QWidget& window_;
    ExperimentSession& session_;
    const RunsPanel& runs_;
    QPointer<ComparisonDialog> dialog_; ///< null while it is not open
    QTimer soon_;
    Theme theme_;
};

} // namespace circuitloom::ui
