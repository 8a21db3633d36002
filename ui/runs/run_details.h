#pragma once

#include "core/store/records.h"

#include <QDialog>

class QLineEdit;
class QPlainTextEdit;

namespace circuitloom::ui {

/// All about one run: its name and notes, which can be changed, its state with the reason, and its
/// whole configuration.
class RunDetails : public QDialog
{
    Q_OBJECT

public:
    RunDetails(const RunSummary& run, const QString& state, const QString& configuration,
        QWidget* parent = nullptr);

    QString name() const;
    QString notes() const;

    /// Asks first where name or notes were changed.
    void reject() override;

private:
    QString first_name_;
    QString first_notes_;
    QLineEdit* name_;
    QPlainTextEdit* notes_;
};

} // namespace circuitloom::ui
