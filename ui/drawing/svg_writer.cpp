#include "ui/drawing/svg_writer.h"

#include "ui/drawing/raster_painter.h"

#include <QFontMetricsF>
#include <QIODevice>
#include <QXmlStreamWriter>

#include <cmath>

namespace circuitloom::ui {

namespace {

const QString svg_space = QStringLiteral("http://www.w3.org/2000/svg");
const QString link_space = QStringLiteral("http://www.w3.org/1999/xlink");
const QString inkscape_space = QStringLiteral("http://www.inkscape.org/namespaces/inkscape");

// A hundredth of a pixel is finer than any screen shows.
QString number(double value)
{
    QString text = QString::number(value, 'f', 2);
    while (text.endsWith(u'0'))
        text.chop(1);
    if (text.endsWith(u'.'))
        text.chop(1);
    return text == QStringLiteral("-0") ? QStringLiteral("0") : text;
}

QString point(const QPointF& at)
{
    return number(at.x()) + u' ' + number(at.y());
}

// Characters that XML 1.0 cannot hold are dropped.
QString legal(const QString& text)
{
    QString kept;
    for (const QChar letter : text) {
        if (letter >= u' ' || letter == u'\t' || letter == u'\n')
            kept += letter;
    }
    return kept;
}

QString id_of(QString name)
{
    return name.replace(u' ', u'-');
}

class SvgDocument
{
public:
    SvgDocument(QIODevice& device, const Drawing& drawing, const SvgText& text)
        : device_(device)
        , xml_(&device)
        , drawing_(drawing)
        , text_(text)
    {
        xml_.setAutoFormatting(!text.embedded);
        xml_.setAutoFormattingIndent(1);
    }

    void write(const std::vector<NestedSvg>& nested)
    {
        const QString width = number(drawing_.size.width());
        const QString height = number(drawing_.size.height());
        if (!text_.embedded)
            xml_.writeStartDocument();
        xml_.writeDefaultNamespace(svg_space);
        xml_.writeNamespace(link_space, QStringLiteral("xlink"));
        if (!text_.embedded)
            xml_.writeNamespace(inkscape_space, QStringLiteral("inkscape"));
        xml_.writeStartElement(svg_space, QStringLiteral("svg"));
        attribute("version", QStringLiteral("1.1"));
        if (text_.embedded)
            attribute("role", QStringLiteral("img"));
        attribute("width", number(drawing_.size.width() * text_.enlarged));
        attribute("height", number(drawing_.size.height() * text_.enlarged));
        attribute("viewBox", QStringLiteral("0 0 ") + width + u' ' + height);
        xml_.writeTextElement(svg_space, QStringLiteral("title"), legal(text_.title));
        if (qAlpha(drawing_.background) > 0)
            write_background();
        for (const DrawingLayer& layer : drawing_.layers)
            write_layer(layer);
        for (const NestedSvg& part : nested)
            write_nested(part);
        xml_.writeEndElement();
        xml_.writeEndDocument();
    }

private:
    void attribute(const char* name, const QString& value)
    {
        xml_.writeAttribute(QString::fromLatin1(name), value);
    }

    void color(const char* what, QRgb value)
    {
        attribute(what, QColor::fromRgb(value).name());
        if (qAlpha(value) < 255)
            attribute(qPrintable(QString::fromLatin1(what) + QStringLiteral("-opacity")),
                QString::number(qAlpha(value) / 255.0, 'f', 3));
    }

    void begin(const char* element)
    {
        xml_.writeStartElement(svg_space, QString::fromLatin1(element));
    }

    void begin_layer(const QString& name)
    {
        begin("g");
        if (text_.embedded)
            return;
        attribute("id", id_of(name));
        xml_.writeAttribute(inkscape_space, QStringLiteral("groupmode"), QStringLiteral("layer"));
        xml_.writeAttribute(inkscape_space, QStringLiteral("label"), name);
    }

    void name_it(const QString& name)
    {
        if (!name.isEmpty())
            xml_.writeTextElement(svg_space, QStringLiteral("title"), legal(name));
    }

    void write_background()
    {
        begin_layer(QStringLiteral("background"));
        begin("rect");
        attribute("width", number(drawing_.size.width()));
        attribute("height", number(drawing_.size.height()));
        color("fill", drawing_.background);
        xml_.writeEndElement();
        xml_.writeEndElement();
    }

    void write_layer(const DrawingLayer& layer)
    {
        if (layer.shapes.empty() && layer.curves.empty() && layer.labels.empty())
            return;
        const bool clipped = !layer.clip.isEmpty() && !text_.embedded;
        if (clipped)
            write_clip(layer);
        begin_layer(layer.name);
        if (clipped)
            attribute("clip-path", QStringLiteral("url(#%1)").arg(clip_id(layer)));
        for (const DrawnShape& shape : layer.shapes)
            write_shape(shape);
        for (const DrawnCurve& curve : layer.curves)
            write_curve(curve);
        if (!layer.labels.empty())
            write_labels(layer);
        xml_.writeEndElement();
    }

    static QString clip_id(const DrawingLayer& layer)
    {
        return id_of(layer.name) + QStringLiteral("-clip");
    }

    void write_clip(const DrawingLayer& layer)
    {
        begin("clipPath");
        attribute("id", clip_id(layer));
        begin("rect");
        write_rect(layer.clip);
        xml_.writeEndElement();
        xml_.writeEndElement();
    }

    void write_rect(const QRectF& rect)
    {
        attribute("x", number(rect.x()));
        attribute("y", number(rect.y()));
        attribute("width", number(rect.width()));
        attribute("height", number(rect.height()));
    }

    void write_shape(const DrawnShape& shape)
    {
        begin("rect");
        write_rect(shape.rect);
        if (shape.radius > 0)
            attribute("rx", number(static_cast<double>(shape.radius)));
        if (qAlpha(shape.fill) > 0)
            color("fill", shape.fill);
        else
            attribute("fill", QStringLiteral("none"));
        if (shape.outline_width > 0 && qAlpha(shape.outline) > 0) {
            color("stroke", shape.outline);
            attribute("stroke-width", number(static_cast<double>(shape.outline_width)));
        }
        if (shape.node >= 0 && text_.node_name)
            name_it(text_.node_name(shape.node));
        xml_.writeEndElement();
    }

    void write_curve(const DrawnCurve& curve)
    {
        const QPainterPath path = curve_path(curve);
        begin("path");
        attribute("d",
            u'M' + point(path.elementAt(0)) + QStringLiteral(" C") + point(path.elementAt(1))
                + QStringLiteral(", ") + point(path.elementAt(2)) + QStringLiteral(", ")
                + point(path.elementAt(3)));
        attribute("fill", QStringLiteral("none"));
        color("stroke", curve.color);
        attribute("stroke-width", number(static_cast<double>(curve.width)));
        if (curve.dash > 0)
            attribute("stroke-dasharray",
                number(static_cast<double>(curve.dash)) + u' '
                    + number(static_cast<double>(curve.gap)));
        if (curve.edge >= 0 && text_.edge_name)
            name_it(text_.edge_name(curve.edge));
        xml_.writeEndElement();
    }

    void write_labels(const DrawingLayer& layer)
    {
        begin("g");
        if (!text_.embedded)
            attribute("id", id_of(layer.name) + QStringLiteral("-labels"));
        // Where the font is missing, another without serifs takes its place.
        attribute("font-family",
            QStringLiteral("'%1', 'DejaVu Sans', 'Noto Sans', Arial, Helvetica, sans-serif")
                .arg(legal(drawing_.font.family()).remove(u'\'')));
        for (const DrawnLabel& label : layer.labels)
            write_label(label);
        xml_.writeEndElement();
    }

    void write_label(const DrawnLabel& label)
    {
        QFont font = drawing_.font;
        font.setPixelSize(label.size);
        font.setWeight(static_cast<QFont::Weight>(label.weight));
        const QFontMetricsF metrics(font);
        double x = label.rect.left();
        QString anchor; // at the start unless said otherwise
        if (label.alignment & Qt::AlignHCenter) {
            x = label.rect.center().x();
            anchor = QStringLiteral("middle");
        } else if (label.alignment & Qt::AlignRight) {
            x = label.rect.right();
            anchor = QStringLiteral("end");
        }
        double y = label.rect.top() + metrics.ascent();
        if (label.alignment & Qt::AlignVCenter)
            y = label.rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
        else if (label.alignment & Qt::AlignBottom)
            y = label.rect.bottom() - metrics.descent();

        begin("text");
        attribute("x", number(x));
        attribute("y", number(y));
        if (!anchor.isEmpty())
            attribute("text-anchor", anchor);
        attribute("font-size", QString::number(label.size));
        if (label.weight != QFont::Normal)
            attribute("font-weight", QString::number(label.weight));
        color("fill", label.color);
        xml_.writeCharacters(legal(label.text));
        xml_.writeEndElement();
    }

    void write_nested(const NestedSvg& part)
    {
        // What stands between the document's own tags.
        const qsizetype tag = part.svg.indexOf("<svg");
        const qsizetype from = part.svg.indexOf('>', tag) + 1;
        const qsizetype to = part.svg.lastIndexOf("</svg>");
        if (tag < 0 || from <= 0 || to < from)
            return;
        begin_layer(part.name);
        begin("svg");
        write_rect(part.where);
        attribute("viewBox",
            QStringLiteral("0 0 ") + number(part.where.width()) + u' '
                + number(part.where.height()));
        xml_.writeCharacters(QStringLiteral("\n")); // ends the start tag
        device_.write(part.svg.mid(from, to - from));
        xml_.writeEndElement();
        xml_.writeEndElement();
    }

    QIODevice& device_;
    QXmlStreamWriter xml_;
    const Drawing& drawing_;
    const SvgText& text_;
};

} // namespace

void write_svg(QIODevice& device, const Drawing& drawing, const SvgText& text,
    const std::vector<NestedSvg>& nested)
{
    SvgDocument(device, drawing, text).write(nested);
}

} // namespace circuitloom::ui
