#include "ui/export/export_choices.h"

#include "ui/export/picture_sizes.h"

#include <QSettings>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

using Kind = ExportChoices::Kind;

QString key(const char* name)
{
    return QStringLiteral("export/") + QLatin1String(name);
}

void read(const QSettings& settings, const char* name, QString& text, const QStringList& allowed)
{
    const QString stored = settings.value(key(name)).toString();
    if (allowed.contains(stored))
        text = stored;
}

void read(const QSettings& settings, const char* name, bool& flag)
{
    flag = settings.value(key(name), flag).toBool();
}

void read(const QSettings& settings, const char* name, double& number, double least, double most)
{
    bool good = false;
    const double stored = settings.value(key(name)).toDouble(&good);
    if (good && stored >= least && stored <= most)
        number = stored;
}

template <typename Enum>
void read(const QSettings& settings, const char* name, Enum& value, Enum last)
{
    bool good = false;
    const int stored = settings.value(key(name)).toInt(&good);
    if (good && stored >= 0 && stored <= static_cast<int>(last))
        value = static_cast<Enum>(stored);
}

QStringList names_of(std::span<const PictureSize> sizes)
{
    QStringList names{ QStringLiteral("window"), QStringLiteral("own") };
    for (const PictureSize& size : sizes)
        names << size.name;
    return names;
}

} // namespace

const QString& ExportChoices::format() const
{
    if (kind == Kind::film)
        return film_format;
    if (kind == Kind::run)
        return run_format;
    return kind == Kind::curves ? curves_format : circuit_format;
}

void ExportChoices::set_format(const QString& format)
{
    (kind == Kind::film           ? film_format
            : kind == Kind::curves ? curves_format
            : kind == Kind::run    ? run_format
                                   : circuit_format)
        = format;
}

const QString& ExportChoices::size_name() const
{
    return kind == Kind::film ? film_size : circuit_size;
}

QStringList export_formats(Kind kind)
{
    QString formats = QStringLiteral("png svg pdf dot json tracer.json graphml csv");
    if (kind == Kind::film)
        formats = QStringLiteral("mp4 webm gif %04d.png");
    else if (kind == Kind::curves)
        formats = QStringLiteral("png svg pdf csv");
    else if (kind == Kind::run)
        formats = QStringLiteral("csv parquet gexf tensorboard");
    return formats.split(u' ');
}

QString format_of_name(const QString& file, Kind kind)
{
    QString longest;
    for (const QString& format : export_formats(kind))
        if (file.endsWith(QString(u'.' + format), Qt::CaseInsensitive) && format.size() > longest.size())
            longest = format;
    return longest;
}

bool is_data(const QString& format)
{
    static const QStringList data{ QStringLiteral("dot"), QStringLiteral("json"),
        QStringLiteral("tracer.json"), QStringLiteral("graphml"), QStringLiteral("csv"),
        QStringLiteral("gexf"), QStringLiteral("parquet"), QStringLiteral("tensorboard") };
    return data.contains(format);
}

ExportChoices read_export_choices(const QSettings& settings)
{
    ExportChoices choices;
    read(settings, "kind", choices.kind, Kind::run);
    read(settings, "circuitFormat", choices.circuit_format, export_formats(Kind::circuit));
    read(settings, "filmFormat", choices.film_format, export_formats(Kind::film));
    read(settings, "curvesFormat", choices.curves_format, export_formats(Kind::curves));
    read(settings, "runFormat", choices.run_format, export_formats(Kind::run));
    read(settings, "circuitSize", choices.circuit_size, names_of(picture_sizes()));
    read(settings, "filmSize", choices.film_size, names_of(film_sizes()));
    read(settings, "width", choices.own_size.rwidth(), 16, 16384);
    read(settings, "height", choices.own_size.rheight(), 16, 16384);
    read(settings, "scale", choices.own_scale, 0.25, 16);
    read(settings, "titled", choices.titled);
    read(settings, "legend", choices.legend);
    read(settings, "stamped", choices.stamped);
    read(settings, "transparent", choices.transparent);
    read(settings, "curves", choices.curves, CurvesPlace::beside);
    double frames = choices.frames_per_second;
    read(settings, "framesPerSecond", frames, 1, 120);
    choices.frames_per_second = static_cast<int>(std::lround(frames));
    read(settings, "iterationsPerSecond", choices.iterations_per_second, 0.1, 240);
    choices.folder = settings.value(key("folder")).toString();
    return choices;
}

void write_export_choices(QSettings& settings, const ExportChoices& choices)
{
    settings.setValue(key("kind"), static_cast<int>(choices.kind));
    settings.setValue(key("circuitFormat"), choices.circuit_format);
    settings.setValue(key("filmFormat"), choices.film_format);
    settings.setValue(key("curvesFormat"), choices.curves_format);
    settings.setValue(key("runFormat"), choices.run_format);
    settings.setValue(key("circuitSize"), choices.circuit_size);
    settings.setValue(key("filmSize"), choices.film_size);
    settings.setValue(key("width"), choices.own_size.width());
    settings.setValue(key("height"), choices.own_size.height());
    settings.setValue(key("scale"), choices.own_scale);
    settings.setValue(key("titled"), choices.titled);
    settings.setValue(key("legend"), choices.legend);
    settings.setValue(key("stamped"), choices.stamped);
    settings.setValue(key("transparent"), choices.transparent);
    settings.setValue(key("curves"), static_cast<int>(choices.curves));
    settings.setValue(key("framesPerSecond"), choices.frames_per_second);
    settings.setValue(key("iterationsPerSecond"), choices.iterations_per_second);
    settings.setValue(key("folder"), choices.folder);
}

void apply_size(const ExportChoices& choices, const QSizeF& window, ExportSettings& settings)
{
    const QString& name = choices.size_name();
    const bool film = choices.kind == Kind::film;
    if (const PictureSize* size = find_size(film ? film_sizes() : picture_sizes(), name)) {
        settings.page.size = size->size;
        settings.page.grows = size->paper;
        settings.sharpness = { size->scale, size->print };
        return;
    }
    const bool own = name == QStringLiteral("own");
    settings.page.size = own ? choices.own_size : window;
    settings.page.grows = !own && !film;
    settings.sharpness = { own ? choices.own_scale : 2, 1 };
}

} // namespace circuitloom::ui
