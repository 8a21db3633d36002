#pragma once

#include "ui/export/export_choices.h"
#include "ui/export/export_fields.h"

#include <QWidget>

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
    /// What comes out: its size, and at how much of their size the curves are drawn.
    void show_page(const QSizeF& size, double curves_scale);
    /// The size at which the window shows the circuit.
    void set_window_size(const QSizeF& size);

    /// The settings that the fields hold.
    ExportSettings settings() const;
    /// Whether the picture shows the part of the circuit that the window shows, not all of it.
    bool as_zoomed() const;

Q_SIGNALS:
    void changed();

private:
    void connect_fields();
    void take_fields();
    void show_kind();
    void show_numbers();

    bool zoomed_;
    QSizeF window_size_{ 1400, 900 };
    ExportChoices choices_;
    bool filling_ = false; ///< the fields are being set, not edited
    ExportFields fields_;
};

} // namespace circuitloom::ui
