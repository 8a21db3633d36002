#pragma once

#include "core/analysis/circuit_filter.h"

#include <QFrame>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace circuitloom::ui {

/// A small window with all parts of a filter but the number of the strongest edges, which has a
/// slider of its own.
class FilterForm : public QFrame
{
    Q_OBJECT

public:
    explicit FilterForm(QWidget* parent);

    void set_layers(int count);
    /// Does not emit.
    void set_filter(const CircuitFilter& filter);
    /// The name of the circuit that "entered" and "left" compare with; empty where there is none.
    void set_reference(const QString& name);

    /// Whether the filter hides more than the slider does.
    static bool filters(const CircuitFilter& filter);

Q_SIGNALS:
    void changed(const CircuitFilter& filter);

private:
    void take_fields();
    void keep_layers_in_order();
    void set_threshold_state(bool valid);

    CircuitFilter filter_;
    int layers_ = 1;
    bool filling_ = false; ///< the fields are being set, not edited
    QString reference_;
    QDoubleSpinBox* share_;
    QLineEdit* threshold_;
    QDoubleSpinBox* inclusion_;
    QCheckBox* connected_;
    QCheckBox* query_;
    QCheckBox* key_;
    QCheckBox* value_;
    QCheckBox* mlp_;
    QCheckBox* logits_;
    QSpinBox* first_layer_;
    QSpinBox* last_layer_;
    QComboBox* change_;
    QPushButton* reset_;
};

} // namespace circuitloom::ui
