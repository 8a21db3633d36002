#include "ui/export/export_form.h"

#include "ui/export/picture_sizes.h"
#include "ui/video/film_writer.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include <algorithm>

namespace circuitloom::ui {

namespace {

using Kind = ExportChoices::Kind;

QString format_label(const QString& format)
{
    static const std::array<std::pair<const char*, const char*>, 11> labels{ {
        { "png", QT_TRANSLATE_NOOP("ExportForm", "PNG, a bitmap") },
        { "svg", QT_TRANSLATE_NOOP("ExportForm", "SVG, vectors with named layers") },
        { "pdf", QT_TRANSLATE_NOOP("ExportForm", "PDF, vectors") },
        { "dot", QT_TRANSLATE_NOOP("ExportForm", "DOT, edges for Graphviz") },
        { "json", QT_TRANSLATE_NOOP("ExportForm", "JSON, edges") },
        { "graphml", QT_TRANSLATE_NOOP("ExportForm", "GraphML, edges for networkx, Gephi, yEd") },
        { "csv", QT_TRANSLATE_NOOP("ExportForm", "CSV, numbers") },
        { "mp4", QT_TRANSLATE_NOOP("ExportForm", "MP4, H.264") },
        { "webm", QT_TRANSLATE_NOOP("ExportForm", "WebM, VP9") },
        { "gif", QT_TRANSLATE_NOOP("ExportForm", "GIF") },
        { "%04d.png", QT_TRANSLATE_NOOP("ExportForm", "Numbered PNGs") },
    } };
    for (const auto& [name, label] : labels) {
        if (format == QLatin1String(name))
            return QCoreApplication::translate("ExportForm", label);
    }
    return format;
}

void fill(QComboBox& box, const QString& label, const QString& data)
{
    box.addItem(label, data);
}

void choose(QComboBox& box, const QVariant& data)
{
    box.setCurrentIndex(std::max(0, box.findData(data)));
}

} // namespace

ExportForm::ExportForm(int iterations, bool zoomed, QWidget* parent)
    : QWidget(parent)
    , iterations_(iterations)
    , zoomed_(zoomed)
{
    build();
    connect_fields();
    show_kind();
}

void ExportForm::connect_fields()
{
    const auto edited = [this] { take_fields(); };
    for (QComboBox* box : { kind_, format_, size_, curves_ })
        connect(box, &QComboBox::currentIndexChanged, this, edited);
    for (QSpinBox* box : { width_, height_, frames_, from_, to_ })
        connect(box, &QSpinBox::valueChanged, this, edited);
    for (QDoubleSpinBox* box : { scale_, speed_ })
        connect(box, &QDoubleSpinBox::valueChanged, this, edited);
    for (QCheckBox* box : { titled_, legend_, stamped_, transparent_, as_zoomed_ })
        connect(box, &QCheckBox::toggled, this, edited);
    for (QLineEdit* line : { title_, caption_ })
        connect(line, &QLineEdit::textEdited, this, edited);
}

void ExportForm::set_choices(const ExportChoices& choices)
{
    choices_ = choices;
    if (kind_->findData(static_cast<int>(choices_.kind)) < 0)
        choices_.kind = static_cast<Kind>(kind_->itemData(0).toInt());
    show_kind();
    Q_EMIT changed();
}

void ExportForm::set_title(const QString& title)
{
    title_->setText(title);
}

void ExportForm::set_range(int from, int to)
{
    from_->setValue(from);
    to_->setValue(to);
}

void ExportForm::set_window_size(const QSizeF& size)
{
    window_size_ = size;
    show_numbers();
}

// Fills the fields from the choices, for the kind that is chosen.
void ExportForm::show_kind()
{
    filling_ = true;
    const bool film = choices_.kind == Kind::film;
    choose(*kind_, static_cast<int>(choices_.kind));
    format_->clear();
    for (const QString& format : export_formats(choices_.kind))
        fill(*format_, format_label(format), format);
    choose(*format_, choices_.format());
    size_->clear();
    if (!film)
        fill(*size_, tr("As in the window"), QStringLiteral("window"));
    for (const PictureSize& size : film ? film_sizes() : picture_sizes())
        fill(*size_, size.label, size.name);
    fill(*size_, tr("Own"), QStringLiteral("own"));
    choose(*size_, choices_.size_name());
    choose(*curves_, static_cast<int>(choices_.curves));
    titled_->setChecked(choices_.titled);
    legend_->setChecked(choices_.legend);
    stamped_->setChecked(choices_.stamped);
    transparent_->setChecked(choices_.transparent);
    speed_->setValue(choices_.iterations_per_second);
    filling_ = false;
    show_numbers();
}

void ExportForm::take_fields()
{
    if (filling_)
        return;
    const auto kind = static_cast<Kind>(kind_->currentData().toInt());
    if (kind != choices_.kind) {
        choices_.kind = kind;
        show_kind();
        Q_EMIT changed();
        return;
    }
    const QString format = format_->currentData().toString();
    const QString size = size_->currentData().toString();
    if (kind == Kind::film) {
        choices_.film_format = format;
        choices_.film_size = size;
    } else if (kind == Kind::curves) {
        choices_.curves_format = format;
        choices_.circuit_size = size;
    } else {
        choices_.circuit_format = format;
        choices_.circuit_size = size;
    }
    if (size == QStringLiteral("own") && width_->isEnabled()) {
        choices_.own_size = QSizeF(width_->value(), height_->value());
        choices_.own_scale = scale_->value();
    }
    choices_.curves = static_cast<CurvesPlace>(curves_->currentData().toInt());
    choices_.titled = titled_->isChecked();
    choices_.legend = legend_->isChecked();
    choices_.stamped = stamped_->isChecked();
    choices_.transparent = transparent_->isChecked();
    choices_.frames_per_second = frames_->value();
    choices_.iterations_per_second = speed_->value();
    show_numbers();
    Q_EMIT changed();
}

ExportSettings ExportForm::settings() const
{
    ExportSettings settings;
    if (choices_.titled)
        settings.page.title = title_->text();
    settings.page.caption = caption_->text();
    settings.page.legend = choices_.legend;
    settings.page.transparent = choices_.transparent && choices_.kind != Kind::film;
    settings.page.curves = choices_.kind == Kind::curves ? CurvesPlace::none : choices_.curves;
    settings.stamped = choices_.stamped;
    settings.script.from = std::min(from_->value(), to_->value());
    settings.script.to = std::max(from_->value(), to_->value());
    settings.script.frames_per_second = choices_.frames_per_second;
    settings.script.iterations_per_second = choices_.iterations_per_second;
    QSizeF window = window_size_;
    if (choices_.kind == Kind::curves)
        window.setHeight(window.height() * 0.4);
    apply_size(choices_, window, settings);
    return settings;
}

bool ExportForm::as_zoomed() const
{
    return as_zoomed_->isChecked();
}

// What follows from the choices: which fields count, and the figures.
void ExportForm::show_numbers()
{
    filling_ = true;
    const bool film = choices_.kind == Kind::film;
    const bool edges_only = is_data(choices_.format());
    const bool own = choices_.size_name() == QStringLiteral("own");
    const ExportSettings all = settings();
    const QSizeF size = all.page.size;
    width_->setValue(qRound(size.width()));
    height_->setValue(qRound(size.height()));
    scale_->setValue(all.sharpness.scale);
    for (QWidget* field : std::initializer_list<QWidget*>{ width_, height_, scale_ })
        field->setEnabled(own && !edges_only);
    const QSize pixels = (size * all.sharpness.scale).toSize();
    const QString format = choices_.format();
    pixels_->setText(format == QStringLiteral("svg") || format == QStringLiteral("pdf")
            ? tr("%1 × %2 in")
                  .arg(size.width() * all.sharpness.print / 96, 0, 'f', 2)
                  .arg(size.height() * all.sharpness.print / 96, 0, 'f', 2)
            : tr("%1 × %2 pixels").arg(pixels.width()).arg(pixels.height()));
    pixels_->setVisible(!edges_only);
    size_->setEnabled(!edges_only);
    title_->setEnabled(choices_.titled && !edges_only);
    curves_->setEnabled(choices_.kind != Kind::curves && !edges_only);
    legend_->setEnabled(choices_.kind != Kind::curves && !edges_only);
    as_zoomed_->setEnabled(choices_.kind != Kind::curves && !edges_only && zoomed_);
    transparent_->setEnabled(!film && !edges_only);
    for (QWidget* field : std::initializer_list<QWidget*>{ titled_, caption_, stamped_ })
        field->setEnabled(!edges_only);
    for (QWidget* field : film_only_)
        field->setVisible(film);
    if (film) {
        const auto kind = film_format_of(QStringLiteral("x.") + format);
        frames_->setRange(1, fastest_film(kind.value_or(FilmFormat::frames)));
        frames_->setValue(choices_.frames_per_second);
        const int count = frame_count(all.script);
        length_->setText(
            tr("%1 frames, %2 s")
                .arg(count)
                .arg(count / static_cast<double>(all.script.frames_per_second), 0, 'f', 1));
    }
    filling_ = false;
}

} // namespace circuitloom::ui
