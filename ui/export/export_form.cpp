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
#include <cmath>

namespace circuitloom::ui {

namespace {

using Kind = ExportChoices::Kind;

QString format_label(const QString& format, Kind kind)
{
    if (kind == Kind::run && format == QStringLiteral("csv"))
        return QCoreApplication::translate("ExportForm", "CSV, every edge of every iteration");
    static const std::array<std::pair<const char*, const char*>, 15> labels{ {
        { "png", QT_TRANSLATE_NOOP("ExportForm", "PNG, a bitmap") },
        { "svg", QT_TRANSLATE_NOOP("ExportForm", "SVG, vectors with named layers") },
        { "pdf", QT_TRANSLATE_NOOP("ExportForm", "PDF, vectors") },
        { "dot", QT_TRANSLATE_NOOP("ExportForm", "DOT, edges for Graphviz") },
        { "json", QT_TRANSLATE_NOOP("ExportForm", "JSON, edges") },
        { "tracer.json",
            QT_TRANSLATE_NOOP("ExportForm", "JSON of circuit-tracer, for Neuronpedia's viewer") },
        { "gexf", QT_TRANSLATE_NOOP("ExportForm", "GEXF, all circuits in time, for Gephi") },
        { "parquet",
            QT_TRANSLATE_NOOP("ExportForm", "Parquet, every edge of every iteration, for pandas") },
        { "tensorboard", QT_TRANSLATE_NOOP("ExportForm", "A folder for TensorBoard, all curves") },
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

/// Frames per second that a film of that format may have; any number of what is no film.
int fastest_of(const QString& format)
{
    return fastest_film(film_format_of(QStringLiteral("x.") + format).value_or(FilmFormat::frames));
}

} // namespace

ExportForm::ExportForm(int iterations, bool zoomed, QWidget* parent)
    : QWidget(parent)
    , zoomed_(zoomed)
    , fields_(*this, iterations, zoomed)
{
    connect_fields();
    show_kind();
}

void ExportForm::connect_fields()
{
    const auto edited = [this] { take_fields(); };
    for (QComboBox* box : { fields_.kind, fields_.format, fields_.size, fields_.curves })
        connect(box, &QComboBox::currentIndexChanged, this, edited);
    for (QSpinBox* box :
        { fields_.width, fields_.height, fields_.frames, fields_.from, fields_.to })
        connect(box, &QSpinBox::valueChanged, this, edited);
    for (QDoubleSpinBox* box : { fields_.scale, fields_.speed })
        connect(box, &QDoubleSpinBox::valueChanged, this, edited);
    for (QCheckBox* box :
        { fields_.titled, fields_.legend, fields_.stamped, fields_.transparent, fields_.as_zoomed })
        connect(box, &QCheckBox::toggled, this, edited);
    for (QLineEdit* line : { fields_.title, fields_.caption })
        connect(line, &QLineEdit::textEdited, this, edited);
}

void ExportForm::set_choices(const ExportChoices& choices)
{
    choices_ = choices;
    if (fields_.kind->findData(static_cast<int>(choices_.kind)) < 0)
        choices_.kind = static_cast<Kind>(fields_.kind->itemData(0).toInt());
    show_kind();
    Q_EMIT changed();
}

void ExportForm::set_title(const QString& title)
{
    fields_.title->setText(title);
}

void ExportForm::set_range(int from, int to)
{
    fields_.from->setValue(from);
    fields_.to->setValue(to);
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
    choose(*fields_.kind, static_cast<int>(choices_.kind));
    fields_.format->clear();
    for (const QString& format : export_formats(choices_.kind))
        fill(*fields_.format, format_label(format, choices_.kind), format);
    choose(*fields_.format, choices_.format());
    fields_.size->clear();
    if (!film)
        fill(*fields_.size, tr("As in the window"), QStringLiteral("window"));
    for (const PictureSize& size : film ? film_sizes() : picture_sizes())
        fill(*fields_.size, size.label, size.name);
    fill(*fields_.size, tr("Another size"), QStringLiteral("own"));
    choose(*fields_.size, choices_.size_name());
    choose(*fields_.curves, static_cast<int>(choices_.curves));
    fields_.titled->setChecked(choices_.titled);
    fields_.legend->setChecked(choices_.legend);
    fields_.stamped->setChecked(choices_.stamped);
    fields_.transparent->setChecked(choices_.transparent);
    fields_.speed->setValue(choices_.iterations_per_second);
    filling_ = false;
    show_numbers();
}

void ExportForm::take_fields()
{
    if (filling_)
        return;
    const auto kind = static_cast<Kind>(fields_.kind->currentData().toInt());
    if (kind != choices_.kind) {
        choices_.kind = kind;
        show_kind();
        Q_EMIT changed();
        return;
    }
    const int frames_before = settings().script.frames_per_second;
    const QString format = fields_.format->currentData().toString();
    const QString size = fields_.size->currentData().toString();
    if (kind == Kind::film) {
        choices_.film_format = format;
        choices_.film_size = size;
    } else if (kind == Kind::run) {
        choices_.run_format = format;
    } else if (kind == Kind::curves) {
        choices_.curves_format = format;
        choices_.circuit_size = size;
    } else {
        choices_.circuit_format = format;
        choices_.circuit_size = size;
    }
    if (size == QStringLiteral("own") && fields_.width->isEnabled()) {
        choices_.own_size = QSizeF(fields_.width->value(), fields_.height->value());
        choices_.own_scale = fields_.scale->value();
    }
    choices_.curves = static_cast<CurvesPlace>(fields_.curves->currentData().toInt());
    choices_.titled = fields_.titled->isChecked();
    choices_.legend = fields_.legend->isChecked();
    choices_.stamped = fields_.stamped->isChecked();
    choices_.transparent = fields_.transparent->isChecked();
    if (kind == Kind::film) { // hidden otherwise: what they show then is nobody's choice
        if (fields_.frames->value() != frames_before) // a slow format takes nobody's choice away
            choices_.frames_per_second = fields_.frames->value();
        choices_.iterations_per_second = fields_.speed->value();
    }
    show_numbers();
    Q_EMIT changed();
}

ExportSettings ExportForm::settings() const
{
    ExportSettings settings;
    if (choices_.titled)
        settings.page.title = fields_.title->text();
    settings.page.caption = fields_.caption->text();
    settings.page.legend = choices_.legend;
    settings.page.transparent = choices_.transparent && choices_.kind != Kind::film;
    settings.page.curves = choices_.kind == Kind::curves ? CurvesPlace::none : choices_.curves;
    settings.stamped = choices_.stamped;
    settings.script.from = std::min(fields_.from->value(), fields_.to->value());
    settings.script.to = std::max(fields_.from->value(), fields_.to->value());
    settings.script.frames_per_second
        = std::min(choices_.frames_per_second, fastest_of(choices_.format()));
    settings.script.iterations_per_second = choices_.iterations_per_second;
    QSizeF window = window_size_;
    if (choices_.kind == Kind::curves)
        window.setHeight(window.height() * 0.4);
    apply_size(choices_, window, settings);
    return settings;
}

void ExportForm::show_page(const QSizeF& size, double curves_scale)
{
    const PictureSharpness sharpness = settings().sharpness;
    const QSize pixels = (size * sharpness.scale).toSize();
    const QString& format = choices_.format();
    QString text = format == QStringLiteral("svg") || format == QStringLiteral("pdf")
        ? tr("%1 × %2 in")
              .arg(size.width() * sharpness.print / 96, 0, 'f', 2)
              .arg(size.height() * sharpness.print / 96, 0, 'f', 2)
        : tr("%1 × %2 pixels").arg(pixels.width()).arg(pixels.height());
    if (curves_scale < 1)
        text += u'\n'
            + tr("The curves have too little room at this size: they are drawn at %1 % of theirs.")
                  .arg(std::lround(curves_scale * 100));
    fields_.pixels->setText(text);
}

bool ExportForm::as_zoomed() const
{
    return fields_.as_zoomed->isChecked();
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
    fields_.width->setValue(qRound(size.width()));
    fields_.height->setValue(qRound(size.height()));
    fields_.scale->setValue(all.sharpness.scale);
    for (QWidget* field :
        std::initializer_list<QWidget*>{ fields_.width, fields_.height, fields_.scale })
        field->setEnabled(own && !edges_only);
    show_page(size, 1);
    fields_.pixels->setVisible(!edges_only);
    fields_.size->setEnabled(!edges_only);
    fields_.title->setEnabled(choices_.titled && !edges_only);
    fields_.curves->setEnabled(choices_.kind != Kind::curves && !edges_only);
    fields_.legend->setEnabled(choices_.kind != Kind::curves && !edges_only);
    fields_.as_zoomed->setEnabled(choices_.kind != Kind::curves && !edges_only && zoomed_);
    fields_.transparent->setEnabled(!film && !edges_only);
    for (QWidget* field :
        std::initializer_list<QWidget*>{ fields_.titled, fields_.caption, fields_.stamped })
        field->setEnabled(!edges_only);
    for (QWidget* field : fields_.film_only)
        field->setVisible(film);
    if (film) {
        fields_.frames->setRange(1, fastest_of(choices_.format()));
        fields_.frames->setValue(all.script.frames_per_second);
        const int count = frame_count(all.script);
        fields_.length->setText(
            tr("%n frame(s), %1 s", nullptr, count)
                .arg(count / static_cast<double>(all.script.frames_per_second), 0, 'f', 1));
    }
    filling_ = false;
}

} // namespace circuitloom::ui
