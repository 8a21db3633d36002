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

private:
    QLineEdit* name_;
    QPlainTextEdit* notes_;
};

} // namespace circuitloom::ui
