#pragma once

#include "ui/export/export_work.h"

#include <QString>
#include <QStringList>

class QSettings;

namespace circuitloom::ui {

/// The settings of the export dialog that it keeps from one time to the next. What belongs to one
/// picture alone (title, caption, range) is not among them.
struct ExportChoices
{
    enum class Kind
    {
        circuit,
        film,
        curves,
        run ///< all of it, as data
    };

    Kind kind = Kind::circuit;
    /// The ends of the files' names; that of numbered pictures is "%04d.png".
    QString circuit_format = QStringLiteral("png");
    QString film_format = QStringLiteral("mp4");
    QString curves_format = QStringLiteral("png");
    QString run_format = QStringLiteral("csv");
    /// The name of one of picture_sizes() or film_sizes(), "window" for the size of the window, or
    /// "own" for own_size.
    QString circuit_size = QStringLiteral("window");
    QString film_size = QStringLiteral("1080p");
    QSizeF own_size{ 1400, 900 };
    double own_scale = 2;

    bool titled = true;
    bool legend = true;
    bool stamped = true;
    bool transparent = false;
    CurvesPlace curves = CurvesPlace::none;

    int frames_per_second = 30;
    double iterations_per_second = 8;
    QString folder; ///< where the last export went; empty for none

    bool operator==(const ExportChoices&) const = default;

    const QString& format() const;
    void set_format(const QString& format);
    const QString& size_name() const;
};

/// The names' ends of the formats that a kind can be written in, the usual one first. "tensorboard"
/// is the end of a folder's name.
QStringList export_formats(ExportChoices::Kind kind);
/// The one of them that the file's name ends with, the longest; empty for none.
QString format_of_name(const QString& file, ExportChoices::Kind kind);
/// Whether a format holds edges or numbers rather than a picture.
bool is_data(const QString& format);

/// The choices as they were kept; a setting that cannot be read has its first value.
ExportChoices read_export_choices(const QSettings& settings);
void write_export_choices(QSettings& settings, const ExportChoices& choices);

/// Sets the size and sharpness that are chosen; `window` is the size that "window" stands for.
void apply_size(const ExportChoices& choices, const QSizeF& window, ExportSettings& settings);

} // namespace circuitloom::ui
