#pragma once

#include "ui/export/export_choices.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace circuitloom::ui {

/// The fields of the export dialog: what, in which format, how large, with what around it, and of a
/// film which iterations how fast.
class ExportForm : public QWidget
{
    Q_OBJECT

public:
    /// `iterations`: how many the run has. `zoomed`: the view does not show the whole circuit.
    ExportForm(int iterations, bool zoomed, QWidget* parent = nullptr);

    void set_choices(const ExportChoices& choices);
    const ExportChoices& choices() const { return choices_; }
    void set_title(const QString& title);
    /// The iterations of a film, both included.
    void set_range(int from, int to);
    /// As the window shows the circuit.
    void set_window_size(const QSizeF& size);

    /// All that the fields say.
    ExportSettings settings() const;
    /// Shows the part of the circuit that the window shows, not all of it.
    bool as_zoomed() const;

Q_SIGNALS:
    void changed();

private:
    void build();
    void build_size(QFormLayout& form);
    void build_texts(QFormLayout& form);
    void build_film(QFormLayout& form);
    void connect_fields();
    void add_row(QFormLayout& form, const QString& label, QWidget* field, bool film_only);
    void take_fields();
    void show_kind();
    void show_numbers();

    int iterations_;
    bool zoomed_;
    QSizeF window_size_{ 1400, 900 };
    ExportChoices choices_;
    bool filling_ = false; ///< the fields are being set, not edited

    QComboBox* kind_ = nullptr;
    QComboBox* format_ = nullptr;
    QComboBox* size_ = nullptr;
    QSpinBox* width_ = nullptr;
    QSpinBox* height_ = nullptr;
    QDoubleSpinBox* scale_ = nullptr;
    QLabel* pixels_ = nullptr;
    QCheckBox* titled_ = nullptr;
    QLineEdit* title_ = nullptr;
    QLineEdit* caption_ = nullptr;
    QComboBox* curves_ = nullptr;
    QCheckBox* legend_ = nullptr;
    QCheckBox* stamped_ = nullptr;
    QCheckBox* transparent_ = nullptr;
    QCheckBox* as_zoomed_ = nullptr;
    QSpinBox* from_ = nullptr;
    QSpinBox* to_ = nullptr;
    QDoubleSpinBox* speed_ = nullptr;
    QSpinBox* frames_ = nullptr;
    QLabel* length_ = nullptr;
    std::vector<QWidget*> film_only_;
};

} // namespace circuitloom::ui
