#include "ui/circuit/filter_form.h"

#include "ui/base/decimal_box.h"
#include "ui/theme/text_scale.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QStyle>

#include <cmath>
#include <limits>
#include <utility>

namespace circuitloom::ui {

namespace {

using Change = CircuitFilter::Change;

constexpr int no_layer = std::numeric_limits<int>::max();

void describe(QWidget* widget, const char* object_name, const QString& name, const QString& help)
{
    widget->setObjectName(QString::fromLatin1(object_name));
    widget->setAccessibleName(name);
    widget->setToolTip(help);
}

QHBoxLayout* row_of(std::initializer_list<QWidget*> widgets)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    for (QWidget* widget : widgets)
        row->addWidget(widget);
    row->addStretch(1);
    return row;
}

} // namespace

FilterForm::FilterForm(QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , share_(new DecimalBox(this))
    , threshold_(new QLineEdit(this))
    , inclusion_(new DecimalBox(this))
    , connected_(new QCheckBox(tr("only on a path from input to logits"), this))
    , query_(new QCheckBox(tr("q"), this))
    , key_(new QCheckBox(tr("k"), this))
    , value_(new QCheckBox(tr("v"), this))
    , mlp_(new QCheckBox(tr("MLP"), this))
    , logits_(new QCheckBox(tr("logits"), this))
    , first_layer_(new QSpinBox(this))
    , last_layer_(new QSpinBox(this))
    , change_(new QComboBox(this))
    , reset_(new QPushButton(tr("Show all again"), this))
{
    setObjectName(QStringLiteral("filterForm"));
    setProperty("popup", true);
    share_->setRange(1, 100);
    share_->setDecimals(1);
    share_->setSuffix(QStringLiteral(" %"));
    describe(share_, "share", tr("Share of the total score"),
        tr("The strongest edges that together hold this share of all |score|"));
    follow_text_scale(*threshold_, [this] { threshold_->setFixedWidth(scaled(90)); });
    describe(threshold_, "threshold", tr("Least score"),
        tr("Only edges with at least this |score|, in units of the metric"));
    inclusion_->setRange(0, 100);
    inclusion_->setDecimals(1);
    inclusion_->setSuffix(QStringLiteral(" %"));
    describe(inclusion_, "inclusion", tr("Least share of the resamples"),
        tr("Only edges that at least this share of the resamples of the examples have; counts "
           "where the run has circuit.resamples"));
    describe(connected_, "connected", tr("Only connected edges"),
        tr("Only edges on a path from input to logits, over the edges shown"));
    const auto describe_kind = [](QCheckBox* box, const char* object_name, const QString& words) {
        describe(box, object_name, words, words);
    };
    describe_kind(query_, "queries", tr("Edges into queries"));
    describe_kind(key_, "keys", tr("Edges into keys"));
    describe_kind(value_, "values", tr("Edges into values"));
    describe_kind(mlp_, "MLPs", tr("Edges into MLPs"));
    describe_kind(logits_, "the logits", tr("Edges into the logits"));
    describe(first_layer_, "firstLayer", tr("First layer"),
        tr("Edges with both ends in these layers; input and logits are in all"));
    describe(last_layer_, "lastLayer", tr("Last layer"), first_layer_->toolTip());
    describe(change_, "change", tr("Entered or left"),
        tr("What the colours compare with says what entered and left"));
    describe(reset_, "reset", tr("Show all again"),
        tr("Only the number of the strongest edges still counts"));
    change_->addItem(tr("all edges"), static_cast<int>(Change::all));
    change_->addItem(tr("entered"), static_cast<int>(Change::entered));
    change_->addItem(tr("left"), static_cast<int>(Change::left));

    auto* form = new QFormLayout(this);
    form->setContentsMargins(16, 14, 16, 14);
    form->setSpacing(10);
    form->addRow(tr("Share of |score|"), share_);
    form->addRow(tr("|score| at least"), threshold_);
    form->addRow(tr("In resamples at least"), inclusion_);
    form->addRow(tr("Into"), row_of({ query_, key_, value_, mlp_, logits_ }));
    form->addRow(tr("Layers"), row_of({ first_layer_, new QLabel(tr("to"), this), last_layer_ }));
    form->addRow(tr("Connected"), connected_);
    form->addRow(tr("Change"), change_);
    form->addRow(QString(), reset_);
    change_->setEnabled(false);
    set_layers(1);
    setFocusProxy(share_);

    for (auto* spin : { first_layer_, last_layer_ })
        connect(spin, &QSpinBox::valueChanged, this, &FilterForm::take_fields);
    for (auto* box : { connected_, query_, key_, value_, mlp_, logits_ })
        connect(box, &QCheckBox::toggled, this, &FilterForm::take_fields);
    connect(share_, &QDoubleSpinBox::valueChanged, this, &FilterForm::take_fields);
    connect(inclusion_, &QDoubleSpinBox::valueChanged, this, &FilterForm::take_fields);
    connect(threshold_, &QLineEdit::textChanged, this, &FilterForm::take_fields);
    connect(change_, &QComboBox::currentIndexChanged, this, &FilterForm::take_fields);
    connect(reset_, &QPushButton::clicked, this, [this] {
        CircuitFilter all;
        all.strongest = filter_.strongest;
        set_filter(all);
        Q_EMIT changed(all);
    });
}

void FilterForm::set_layers(int count)
{
    layers_ = count;
    set_filter(filter_);
}

void FilterForm::set_reference(const QString& name)
{
    if (std::exchange(reference_, name) == name)
        return;
    change_->setEnabled(!name.isEmpty());
    change_->setItemText(1, name.isEmpty() ? tr("entered") : tr("entered since %1").arg(name));
    change_->setItemText(2, name.isEmpty() ? tr("left") : tr("left since %1").arg(name));
}

void FilterForm::set_filter(const CircuitFilter& filter)
{
    filter_ = filter;
    const QScopedValueRollback silence(filling_, true);
    share_->setValue(filter.share * 100);
    bool known = false;
    // What is being typed stays as it is.
    if (threshold_->text().toDouble(&known) != filter.threshold || !known)
        threshold_->setText(QString::number(filter.threshold, 'g', 4));
    inclusion_->setValue(filter.inclusion * 100);
    connected_->setChecked(filter.connected);
    query_->setChecked(filter.kinds.query);
    key_->setChecked(filter.kinds.key);
    value_->setChecked(filter.kinds.value);
    mlp_->setChecked(filter.kinds.mlp);
    logits_->setChecked(filter.kinds.logits);
    first_layer_->setRange(0, layers_ - 1);
    last_layer_->setRange(0, layers_ - 1);
    first_layer_->setValue(filter.first_layer);
    last_layer_->setValue(std::min(filter.last_layer, layers_ - 1));
    keep_layers_in_order();
    change_->setCurrentIndex(change_->findData(static_cast<int>(filter.change)));
    set_threshold_state(true);
}

void FilterForm::take_fields()
{
    if (filling_)
        return;
    bool valid = true;
    const QString typed = threshold_->text().trimmed();
    const double threshold = typed.isEmpty() ? 0 : typed.toDouble(&valid);
    valid = valid && std::isfinite(threshold) && threshold >= 0;
    set_threshold_state(valid);
    keep_layers_in_order();
    CircuitFilter filter = filter_;
    filter.share = share_->value() / 100;
    filter.threshold = valid ? threshold : filter_.threshold;
    filter.inclusion = inclusion_->value() / 100;
    filter.connected = connected_->isChecked();
    filter.kinds = { query_->isChecked(), key_->isChecked(), value_->isChecked(), mlp_->isChecked(),
        logits_->isChecked() };
    filter.first_layer = first_layer_->value();
    filter.last_layer = last_layer_->value() == layers_ - 1 ? no_layer : last_layer_->value();
    filter.change = static_cast<Change>(change_->currentData().toInt());
    if (filter == filter_)
        return;
    filter_ = filter;
    Q_EMIT changed(filter);
}

void FilterForm::keep_layers_in_order()
{
    first_layer_->setMaximum(last_layer_->value());
    last_layer_->setMinimum(first_layer_->value());
}

void FilterForm::set_threshold_state(bool valid)
{
    threshold_->setProperty("invalid", !valid);
    threshold_->style()->unpolish(threshold_);
    threshold_->style()->polish(threshold_);
}

bool FilterForm::filters(const CircuitFilter& filter)
{
    CircuitFilter all;
    all.strongest = filter.strongest;
    return filter != all;
}

} // namespace circuitloom::ui
