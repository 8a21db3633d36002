#pragma once

#include <QString>

#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QWidget;

namespace circuitloom::ui {

/// The widgets of the export dialog's form, laid out with their labels. ExportForm fills and reads
/// them.
struct ExportFields
{
    /// Makes the fields as children of `widget`. `iterations`: how many the run has. `zoomed`: the
    /// view does not show the whole circuit.
    ExportFields(QWidget& widget, int iterations, bool zoomed);

    QComboBox* kind;
    QComboBox* format;
    QComboBox* size;
    QSpinBox* width;
    QSpinBox* height;
    QDoubleSpinBox* scale;
    QLabel* pixels;
    QCheckBox* titled;
    QLineEdit* title;
    QLineEdit* caption;
    QComboBox* curves;
    QCheckBox* legend;
    QCheckBox* stamped;
    QCheckBox* transparent;
    QCheckBox* as_zoomed;
    QSpinBox* from;
    QSpinBox* to;
    QDoubleSpinBox* speed;
    QSpinBox* frames;
    QLabel* length;
    std::vector<QWidget*> film_only; ///< shown for a film alone, with their labels

private:
    void build_size(QFormLayout& form);
    void build_texts(QFormLayout& form, bool zoomed);
    void build_film(QFormLayout& form, int iterations);
    /// A film's rows are hidden where it is another kind.
    void add_row(QFormLayout& form, const QString& label, QWidget* field, bool film_row);

    QWidget& widget_;
};

} // namespace circuitloom::ui
