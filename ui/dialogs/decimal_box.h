#pragma once

#include <QDoubleSpinBox>

namespace circuitloom::ui {

/// Shows no more digits than the number has, and steps by a tenth of its size.
class DecimalBox : public QDoubleSpinBox
{
    Q_OBJECT

public:
    explicit DecimalBox(QWidget* parent = nullptr);

    QString textFromValue(double value) const override;
};

} // namespace circuitloom::ui
