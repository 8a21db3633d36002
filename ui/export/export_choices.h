#pragma once

#include "ui/export/export_work.h"

#include <QString>
#include <QStringList>

class QSettings;

namespace circuitloom::ui {

/// What the export dialog was last set to, kept from one time to the next. What belongs to one
/// picture alone (title, caption, range) is not in it.
struct ExportChoices
{
    enum class Kind
    {
        circuit,
        film,
        curves
    };

    Kind kind = Kind::circuit;
    /// Extensions; of numbered pictures "%04d.png".
    QString circuit_format = QStringLiteral("png");
    QString film_format = QStringLiteral("mp4");
    QString curves_format = QStringLiteral("png");
    /// Name of a picture_sizes() or film_sizes(); "window" as in the window, "own" as below.
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
    const QString& size_name() const;
};

/// The extensions that there are for a kind, the usual first.
QStringList export_formats(ExportChoices::Kind kind);
/// True of formats that hold edges or numbers rather than a picture.
bool is_data(const QString& format);

/// What cannot be read is as it is at first.
ExportChoices read_export_choices(const QSettings& settings);
void write_export_choices(QSettings& settings, const ExportChoices& choices);

/// Size and sharpness as chosen; `window` is the size that "window" stands for.
void apply_size(const ExportChoices& choices, const QSizeF& window, ExportSettings& settings);

} // namespace circuitloom::ui
