#include "ui/export/export_fields.h"

#include "ui/base/decimal_box.h"
#include "ui/dialogs/choice_line.h"
#include "ui/export/export_choices.h"
#include "ui/theme/text_scale.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include <algorithm>
#include <initializer_list>

namespace circuitloom::ui {

namespace {

using Kind = ExportChoices::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ExportForm)
};

template <typename Field>
Field* named(Field* field, const char* name, const QString& accessible, const QString& tip)
{
    field->setObjectName(QLatin1String(name));
    field->setAccessibleName(accessible);
    field->setToolTip(tip);
    return field;
}

QWidget* side_by_side(std::initializer_list<QWidget*> fields)
{
    auto* holder = new QWidget;
    auto* row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    for (QWidget* field : fields)
        row->addWidget(field, qobject_cast<QLabel*>(field) ? 0 : 1);
    holder->setFocusProxy(*fields.begin());
    return holder;
}

} // namespace

ExportFields::ExportFields(QWidget& widget, int iterations, bool zoomed)
    : widget_(widget)
{
    auto* form = new QFormLayout(&widget_);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);

    kind = named(
        new QComboBox(&widget_), "exportKind", Words::tr("What"), Words::tr("What is exported"));
    if (iterations > 0)
        kind->addItem(Words::tr("The circuit"), static_cast<int>(Kind::circuit));
    if (iterations > 1)
        kind->addItem(Words::tr("A film of the circuit"), static_cast<int>(Kind::film));
    kind->addItem(Words::tr("The curves"), static_cast<int>(Kind::curves));
    kind->addItem(Words::tr("The whole run, as data"), static_cast<int>(Kind::run));
    format = named(new QComboBox(&widget_), "exportFormat", Words::tr("Format"),
        Words::tr("The kind of file"));
    add_row(*form, Words::tr("E&xport"), kind, false);
    add_row(*form, Words::tr("&Format"), format, false);
    build_film(*form, iterations);
    build_size(*form);
    build_texts(*form, zoomed);
}

void ExportFields::build_film(QFormLayout& form, int iterations)
{
    from = named(new QSpinBox(&widget_), "exportFrom", Words::tr("First iteration"),
        Words::tr("The iteration that the film begins with"));
    to = named(new QSpinBox(&widget_), "exportTo", Words::tr("Last iteration"),
        Words::tr("The iteration that the film ends with"));
    for (QSpinBox* end : { from, to })
        end->setRange(0, std::max(iterations - 1, 0));
    to->setValue(to->maximum());
    add_row(form, Words::tr("&Iterations"),
        side_by_side({ from, new QLabel(Words::tr("to"), &widget_), to }), true);
    speed = named(new DecimalBox(&widget_), "exportSpeed", Words::tr("Iterations a second"),
        Words::tr("How many iterations pass in a second"));
    speed->setRange(0.1, 240);
    speed->setDecimals(1);
    speed->setSuffix(Words::tr(" a second"));
    frames = named(new QSpinBox(&widget_), "exportFrames", Words::tr("Frames a second"),
        Words::tr("Pictures a second; 30 and 60 are usual"));
    frames->setRange(1, 120);
    frames->setSuffix(Words::tr(" frames/s"));
    add_row(form, Words::tr("&Speed"), side_by_side({ speed, frames }), true);
    length = new QLabel(&widget_);
    length->setObjectName(QStringLiteral("exportLength"));
    length->setProperty("dim", true);
    form.addRow(QString(), length);
    film_only.push_back(length);
}

void ExportFields::build_size(QFormLayout& form)
{
    size = named(new QComboBox(&widget_), "exportSize", Words::tr("Size"),
        Words::tr("On paper the smallest letters are 5.7 points high in a column, 6.6 on a page"));
    add_row(form, Words::tr("Si&ze"), size, false);
    width = named(new QSpinBox(&widget_), "exportWidth", Words::tr("Width"),
        Words::tr("Width in pixels, at the size of letters on the screen"));
    height = named(new QSpinBox(&widget_), "exportHeight", Words::tr("Height"),
        Words::tr("Height in pixels, at the size of letters on the screen"));
    for (QSpinBox* side : { width, height })
        side->setRange(16, 16384);
    scale = named(new DecimalBox(&widget_), "exportScale", Words::tr("Scale"),
        Words::tr("Pixels of a bitmap or film for each of these: a larger scale is sharper"));
    scale->setRange(0.25, 16);
    scale->setDecimals(2);
    scale->setSingleStep(0.5);
    add_row(form, Words::tr("&Width, height"),
        side_by_side({ width, new QLabel(QStringLiteral("×"), &widget_), height,
            new QLabel(Words::tr("scale"), &widget_), scale }),
        false);
    pixels = new QLabel(&widget_);
    pixels->setObjectName(QStringLiteral("exportPixels"));
    pixels->setProperty("dim", true);
    pixels->setWordWrap(true);
    form.addRow(QString(), pixels);
}

void ExportFields::build_texts(QFormLayout& form, bool zoomed)
{
    titled = named(new QCheckBox(&widget_), "exportTitled", Words::tr("With a title"),
        Words::tr("A line above the picture"));
    title = named(new QLineEdit(&widget_), "exportTitle", Words::tr("Title"),
        Words::tr("The line above the picture"));
    auto* line = new QWidget(&widget_);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(titled);
    row->addWidget(title, 1);
    line->setFocusProxy(titled);
    add_row(form, Words::tr("&Title"), line, false);
    caption = named(new QLineEdit(&widget_), "exportCaption", Words::tr("Caption"),
        Words::tr("Text below the picture"));
    caption->setPlaceholderText(Words::tr("none"));
    add_row(form, Words::tr("&Caption"), caption, false);
    curves = named(new QComboBox(&widget_), "exportCurves", Words::tr("Curves"),
        Words::tr("Shows the curves beside the circuit, with the cursor at its iteration"));
    curves->addItem(Words::tr("none"), static_cast<int>(CurvesPlace::none));
    curves->addItem(Words::tr("below the circuit"), static_cast<int>(CurvesPlace::below));
    curves->addItem(Words::tr("beside the circuit"), static_cast<int>(CurvesPlace::beside));
    add_row(form, Words::tr("Cur&ves"), curves, false);

    legend = named(new QCheckBox(Words::tr("&Legend"), &widget_), "exportLegend",
        Words::tr("Legend"), Words::tr("Says what colours and widths mean"));
    stamped = named(new QCheckBox(Words::tr("Iteratio&n"), &widget_), "exportStamp",
        Words::tr("Iteration"), Words::tr("Says which iteration it is"));
    transparent = named(new QCheckBox(Words::tr("Transpa&rent"), &widget_), "exportTransparent",
        Words::tr("Transparent"), Words::tr("Leaves the background out"));
    as_zoomed = named(new QCheckBox(Words::tr("As zoo&med"), &widget_), "exportZoomed",
        Words::tr("As zoomed"),
        Words::tr("Shows the part of the circuit that the window shows, not all of it"));
    as_zoomed->setChecked(zoomed);
    auto* checks = new QWidget(&widget_);
    auto* grid = new QGridLayout(checks);
    grid->setContentsMargins(0, 2, 0, 0);
    grid->addWidget(legend, 0, 0);
    grid->addWidget(stamped, 0, 1);
    grid->addWidget(transparent, 1, 0);
    grid->addWidget(as_zoomed, 1, 1);
    form.addRow(QString(), checks);
}

void ExportFields::add_row(QFormLayout& form, const QString& text, QWidget* field, bool film_row)
{
    auto* label = new QLabel(text, &widget_);
    label->setBuddy(field->focusProxy() ? field->focusProxy() : field);
    label->setFixedWidth(scaled(form_label_width));
    form.addRow(label, field);
    if (film_row) {
        film_only.push_back(label);
        film_only.push_back(field);
    }
}

} // namespace circuitloom::ui
