#include "ui/circuit/filter_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
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
    , share_(new QDoubleSpinBox(this))
    , threshold_(new QLineEdit(this))
    , connected_(new QCheckBox(QStringLiteral("only on a path from input to logits"), this))
    , query_(new QCheckBox(QStringLiteral("q"), this))
    , key_(new QCheckBox(QStringLiteral("k"), this))
    , value_(new QCheckBox(QStringLiteral("v"), this))
    , mlp_(new QCheckBox(QStringLiteral("MLP"), this))
    , logits_(new QCheckBox(QStringLiteral("logits"), this))
    , first_layer_(new QSpinBox(this))
    , last_layer_(new QSpinBox(this))
    , change_(new QComboBox(this))
    , reset_(new QPushButton(QStringLiteral("Show all again"), this))
{
    setObjectName(QStringLiteral("filterForm"));
    setProperty("popup", true);
    share_->setRange(1, 100);
    share_->setDecimals(1);
    share_->setSuffix(QStringLiteral(" %"));
    describe(share_, "share", QStringLiteral("Share of the total score"),
        QStringLiteral("The strongest edges that together hold this share of all |score|"));
    threshold_->setFixedWidth(90);
    describe(threshold_, "threshold", QStringLiteral("Least score"),
        QStringLiteral("Only edges with at least this |score|, in units of the metric"));
    describe(connected_, "connected", QStringLiteral("Only connected edges"),
        QStringLiteral("Only edges on a path from input to logits, over the edges shown"));
    const std::pair<QCheckBox*, const char*> kinds[]{ { query_, "queries" }, { key_, "keys" },
        { value_, "values" }, { mlp_, "MLPs" }, { logits_, "the logits" } };
    for (const auto& [box, what] : kinds)
        describe(box, what, QStringLiteral("Edges into ") % QString::fromLatin1(what),
            QStringLiteral("Edges into ") % QString::fromLatin1(what));
    describe(first_layer_, "firstLayer", QStringLiteral("First layer"),
        QStringLiteral("Edges with both ends in these layers; input and logits are in all"));
    describe(last_layer_, "lastLayer", QStringLiteral("Last layer"), first_layer_->toolTip());
    describe(change_, "change", QStringLiteral("Entered or left"),
        QStringLiteral("What the colours compare with says what entered and left"));
    describe(reset_, "reset", QStringLiteral("Show all again"),
        QStringLiteral("Only the number of the strongest edges still counts"));
    change_->addItem(QStringLiteral("all edges"), static_cast<int>(Change::all));
    change_->addItem(QStringLiteral("entered"), static_cast<int>(Change::entered));
    change_->addItem(QStringLiteral("left"), static_cast<int>(Change::left));

    auto* form = new QFormLayout(this);
    form->setContentsMargins(16, 14, 16, 14);
    form->setSpacing(10);
    form->addRow(QStringLiteral("Share of |score|"), share_);
    form->addRow(QStringLiteral("|score| at least"), threshold_);
    form->addRow(QStringLiteral("Into"), row_of({ query_, key_, value_, mlp_, logits_ }));
    form->addRow(QStringLiteral("Layers"),
        row_of({ first_layer_, new QLabel(QStringLiteral("to"), this), last_layer_ }));
    form->addRow(QStringLiteral("Connected"), connected_);
    form->addRow(QStringLiteral("Change"), change_);
    form->addRow(QString(), reset_);
    change_->setEnabled(false);
    set_layers(1);
    setFocusProxy(share_);

    for (auto* spin : { first_layer_, last_layer_ })
        connect(spin, &QSpinBox::valueChanged, this, &FilterForm::take);
    for (auto* box : { connected_, query_, key_, value_, mlp_, logits_ })
        connect(box, &QCheckBox::toggled, this, &FilterForm::take);
    connect(share_, &QDoubleSpinBox::valueChanged, this, &FilterForm::take);
    connect(threshold_, &QLineEdit::textChanged, this, &FilterForm::take);
    connect(change_, &QComboBox::currentIndexChanged, this, &FilterForm::take);
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
    change_->setItemText(1,
        name.isEmpty() ? QStringLiteral("entered") : QStringLiteral("entered since %1").arg(name));
    change_->setItemText(
        2, name.isEmpty() ? QStringLiteral("left") : QStringLiteral("left since %1").arg(name));
}

void FilterForm::set_filter(const CircuitFilter& filter)
{
    filter_ = filter;
    const QScopedValueRollback silence(quiet_, true);
    share_->setValue(filter.share * 100);
    bool known = false;
    // What is being typed stays as it is.
    if (threshold_->text().toDouble(&known) != filter.threshold || !known)
        threshold_->setText(QString::number(filter.threshold, 'g', 4));
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

void FilterForm::take()
{
    if (quiet_)
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
