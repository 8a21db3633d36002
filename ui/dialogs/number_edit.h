#pragma once

#include <QAbstractSpinBox>

namespace circuitloom::ui {

/// A number as files and the command line write it ("0.03", "1e-05"), with arrows. What is typed
/// is never changed; whoever reads it decides whether it is valid.
class NumberEdit : public QAbstractSpinBox
{
    Q_OBJECT

public:
    /// The arrows stay within [least, most].
    NumberEdit(bool whole, double least, double most, QWidget* parent = nullptr);

    void set_typed(const QString& text);
    QString typed() const { return text().trimmed(); }

    void stepBy(int steps) override;
    QValidator::State validate(QString&, int&) const override { return QValidator::Acceptable; }

Q_SIGNALS:
    void edited(const QString& text);

protected:
    StepEnabled stepEnabled() const override { return StepUpEnabled | StepDownEnabled; }

private:
    bool whole_;
    double least_;
    double most_;
};

} // namespace circuitloom::ui
