// The export dialog's fields, as they stand.
#include "ui/export/export_form.h"

#include "ui/dialogs/choice_line.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
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

void ExportForm::build()
{
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);

    kind_ = named(new QComboBox(this), "exportKind", tr("What"), tr("What is exported"));
    if (iterations_ > 0)
        kind_->addItem(tr("The circuit"), static_cast<int>(Kind::circuit));
    if (iterations_ > 1)
        kind_->addItem(tr("A film of the circuit"), static_cast<int>(Kind::film));
    kind_->addItem(tr("The curves"), static_cast<int>(Kind::curves));
    format_ = named(new QComboBox(this), "exportFormat", tr("Format"), tr("The kind of file"));
    add_row(*form, tr("E&xport"), kind_, false);
    add_row(*form, tr("&Format"), format_, false);
    build_film(*form);
    build_size(*form);
    build_texts(*form);
}

void ExportForm::build_film(QFormLayout& form)
{
    from_ = named(new QSpinBox(this), "exportFrom", tr("First iteration"),
        tr("The iteration that the film begins with"));
    to_ = named(new QSpinBox(this), "exportTo", tr("Last iteration"),
        tr("The iteration that the film ends with"));
    for (QSpinBox* end : { from_, to_ })
        end->setRange(0, std::max(iterations_ - 1, 0));
    to_->setValue(to_->maximum());
    add_row(
        form, tr("&Iterations"), side_by_side({ from_, new QLabel(tr("to"), this), to_ }), true);
    speed_ = named(new QDoubleSpinBox(this), "exportSpeed", tr("Iterations a second"),
        tr("How many iterations pass in a second"));
    speed_->setRange(0.1, 240);
    speed_->setDecimals(1);
    speed_->setSuffix(tr(" a second"));
    frames_ = named(new QSpinBox(this), "exportFrames", tr("Frames a second"),
        tr("Pictures a second; 30 and 60 are usual"));
    frames_->setSuffix(tr(" frames/s"));
    add_row(form, tr("&Speed"), side_by_side({ speed_, frames_ }), true);
    length_ = new QLabel(this);
    length_->setObjectName(QStringLiteral("exportLength"));
    length_->setProperty("dim", true);
    form.addRow(QString(), length_);
    film_only_.push_back(length_);
}

void ExportForm::build_size(QFormLayout& form)
{
    size_ = named(new QComboBox(this), "exportSize", tr("Size"),
        tr("On paper the smallest letters are 5.7 points high in a column, 6.6 on a page"));
    add_row(form, tr("Si&ze"), size_, false);
    width_ = named(new QSpinBox(this), "exportWidth", tr("Width"),
        tr("Width in pixels, at the size of letters on the screen"));
    height_ = named(new QSpinBox(this), "exportHeight", tr("Height"),
        tr("Height in pixels, at the size of letters on the screen"));
    for (QSpinBox* side : { width_, height_ })
        side->setRange(16, 16384);
    scale_ = named(new QDoubleSpinBox(this), "exportScale", tr("Scale"),
        tr("Pixels of a bitmap or film for each of these: a larger scale is sharper"));
    scale_->setRange(0.25, 16);
    scale_->setDecimals(2);
    scale_->setSingleStep(0.5);
    add_row(form, tr("&Width, height"),
        side_by_side({ width_, new QLabel(QStringLiteral("×"), this), height_,
            new QLabel(tr("scale"), this), scale_ }),
        false);
    pixels_ = new QLabel(this);
    pixels_->setObjectName(QStringLiteral("exportPixels"));
    pixels_->setProperty("dim", true);
    form.addRow(QString(), pixels_);
}

void ExportForm::build_texts(QFormLayout& form)
{
    titled_ = named(
        new QCheckBox(this), "exportTitled", tr("With a title"), tr("A line above the picture"));
    title_
        = named(new QLineEdit(this), "exportTitle", tr("Title"), tr("The line above the picture"));
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(titled_);
    row->addWidget(title_, 1);
    line->setFocusProxy(titled_);
    add_row(form, tr("&Title"), line, false);
    caption_
        = named(new QLineEdit(this), "exportCaption", tr("Caption"), tr("Text below the picture"));
    caption_->setPlaceholderText(tr("none"));
    add_row(form, tr("&Caption"), caption_, false);
    curves_ = named(new QComboBox(this), "exportCurves", tr("Curves"),
        tr("Shows the curves beside the circuit, with the cursor at its iteration"));
    curves_->addItem(tr("none"), static_cast<int>(CurvesPlace::none));
    curves_->addItem(tr("below the circuit"), static_cast<int>(CurvesPlace::below));
    curves_->addItem(tr("beside the circuit"), static_cast<int>(CurvesPlace::beside));
    add_row(form, tr("Cur&ves"), curves_, false);

    legend_ = named(new QCheckBox(tr("&Legend"), this), "exportLegend", tr("Legend"),
        tr("Says what colours and widths mean"));
    stamped_ = named(new QCheckBox(tr("Iteratio&n"), this), "exportStamp", tr("Iteration"),
        tr("Says which iteration it is"));
    transparent_ = named(new QCheckBox(tr("Transpa&rent"), this), "exportTransparent",
        tr("Transparent"), tr("Leaves the background out"));
    as_zoomed_ = named(new QCheckBox(tr("As zoo&med"), this), "exportZoomed", tr("As zoomed"),
        tr("Shows the part of the circuit that the window shows, not all of it"));
    as_zoomed_->setChecked(zoomed_);
    auto* checks = new QWidget(this);
    auto* grid = new QGridLayout(checks);
    grid->setContentsMargins(0, 2, 0, 0);
    grid->addWidget(legend_, 0, 0);
    grid->addWidget(stamped_, 0, 1);
    grid->addWidget(transparent_, 1, 0);
    grid->addWidget(as_zoomed_, 1, 1);
    form.addRow(QString(), checks);
}

void ExportForm::add_row(QFormLayout& form, const QString& text, QWidget* field, bool film_only)
{
    auto* label = new QLabel(text, this);
    label->setBuddy(field->focusProxy() ? field->focusProxy() : field);
    label->setFixedWidth(form_label_width);
    form.addRow(label, field);
    if (film_only) {
        film_only_.push_back(label);
        film_only_.push_back(field);
    }
}

} // namespace circuitloom::ui
