#include "ui/report/report_template.h"

#include "ui/theme/theme.h"

#include <QCryptographicHash>
#include <QFile>
#include <QtGlobal>

#include <utility>

// Q_INIT_RESOURCE must stand outside every namespace.
static void init_report()
{
    Q_INIT_RESOURCE(report);
}

namespace circuitloom::ui {

namespace {

QByteArray resource(const char* name)
{
    QFile file(QStringLiteral(":/circuitloom/report/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The theme as variables of the style, and which pictures are shown.
QByteArray variables(const Theme& theme)
{
    const std::pair<const char*, QColor> colors[]{ { "window", theme.window },
        { "panel", theme.panel }, { "band", theme.band }, { "card", theme.card },
        { "border", theme.border }, { "outline", theme.outline }, { "text", theme.text },
        { "dim-text", theme.dimText }, { "faint", theme.faint }, { "accent", theme.accent },
        { "accent-text", theme.accentText }, { "selection", theme.selection },
        { "selected-item", theme.selectedItem }, { "edge-kept", theme.kept },
        { "edge-entered", theme.entered }, { "edge-stronger", theme.stronger },
        { "edge-weaker", theme.weaker }, { "edge-left", theme.left },
        { "positive", theme.positive }, { "negative", theme.negative }, { "query", theme.query },
        { "key", theme.key }, { "value", theme.value }, { "mlp", theme.mlp },
        { "logits", theme.logits } };
    QByteArray text = theme.dark ? "color-scheme:dark;--light-shown:none;--dark-shown:block;"
                                 : "color-scheme:light;--light-shown:block;--dark-shown:none;";
    for (const auto& [name, color] : colors)
        text += QByteArray("--") + name + ':' + color.name().toLatin1() + ';';
    return text;
}

/// The colour of the system, unless the reader chose one; on paper always the light one.
QByteArray themes()
{
    const QByteArray light = variables(theme(false));
    const QByteArray dark = variables(theme(true));
    const QByteArray light_swatch = ".swatch{--on-page:var(--on-light)}\n";
    const QByteArray dark_swatch = ".swatch{--on-page:var(--on-dark)}\n";
    return ":root{" + light + "}\n" + light_swatch
        + "@media screen and (prefers-color-scheme:dark){\n:root:not([data-theme=light]){" + dark
        + "}\n:root:not([data-theme=light]) " + dark_swatch + "}\n@media screen{\n:root[data-theme=dark]{"
        + dark + "}\n:root[data-theme=dark] " + dark_swatch + "}\n";
}

} // namespace

ReportTemplate report_template()
{
    init_report();
    const QByteArray script = resource("circuit_graph.js") + resource("report.js");
    ReportTemplate parts;
    parts.page = resource("report.html").toStdString();
    parts.style = QByteArray(themes() + resource("report.css")).toStdString();
    parts.script = script.toStdString();
    parts.script_hash
        = QCryptographicHash::hash(script, QCryptographicHash::Sha256).toBase64().toStdString();
    return parts;
}

} // namespace circuitloom::ui
