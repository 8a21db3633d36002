#pragma once

#include "ui/panels/panel_context.h"

#include <QObject>
#include <QString>

namespace circuitloom::ui {

/// The sentence that attention is shown on: that under "Try it" or, where there is none, the first
/// of the run's task, which is read on another thread, and once.
class TriedSentence : public QObject
{
    Q_OBJECT

public:
    /// `context` must outlive it.
    TriedSentence(PanelContext& context, QObject* parent);

    /// Empty where there is none, or none yet.
    QString of(const std::string& task);
    /// Why the task's could not be read; empty where it is not needed.
    QString failure() const;
    /// After a failure the task is read anew.
    void try_again();

Q_SIGNALS:
    /// of() or failure() is another one.
    void changed();

private:
    PanelContext& context_;
    QString example_;
    QString example_of_; ///< which task's
    QString failure_;
};

} // namespace circuitloom::ui
