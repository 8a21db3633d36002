#include "ui/compare/sweep_page.h"

#include "ui/compare/column_box.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace circuitloom::ui {

SweepPage::SweepPage(QWidget* parent)
    : QWidget(parent)
    , setting_(column_box("sweepSetting", tr("Setting to the right"), this))
    , logarithmic_(new QCheckBox(tr("&Logarithmic"), this))
    , measures_{ column_box("sweepMeasure1", tr("First measure"), this),
        column_box("sweepMeasure2", tr("Second measure"), this),
        column_box("sweepMeasure3", tr("Third measure"), this) }
    , save_(new QPushButton(tr("Save p&icture…"), this))
    , plot_(new SweepPlot(this))
    , remark_(new QLabel(this))
{
    logarithmic_->setObjectName(QStringLiteral("sweepLogarithmic"));
    logarithmic_->setToolTip(tr("Where the values are numbers above 0"));
    save_->setObjectName(QStringLiteral("saveSweep"));
    save_->setAutoDefault(false);
    save_->setToolTip(tr("As SVG, PDF or PNG, or the numbers as CSV"));
    remark_->setObjectName(QStringLiteral("sweepRemark"));
    remark_->setProperty("dim", true);
    remark_->setWordWrap(true);

    auto* over = new QLabel(tr("&Over:"), this);
    over->setBuddy(setting_);
    auto* upwards = new QLabel(tr("&Measures:"), this);
    upwards->setBuddy(measures_[0]);
    auto* first = new QHBoxLayout;
    first->addWidget(over);
    first->addWidget(setting_);
    first->addWidget(logarithmic_);
    first->addStretch(1);
    first->addWidget(save_);
    auto* second = new QHBoxLayout;
    second->addWidget(upwards);
    for (QComboBox* box : measures_)
        second->addWidget(box, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->addLayout(first);
    column->addLayout(second);
    column->addWidget(plot_, 1);
    column->addWidget(remark_);

    connect(setting_, &QComboBox::currentIndexChanged, this, [this] {
        choose_scale();
        refresh();
    });
    connect(logarithmic_, &QCheckBox::toggled, this, &SweepPage::refresh);
    for (QComboBox* box : measures_)
        connect(box, &QComboBox::currentIndexChanged, this, &SweepPage::refresh);
    connect(save_, &QPushButton::clicked, this,
        [this] { Q_EMIT picture_requested(plot_->chart()); });
}

void SweepPage::show_runs(const std::vector<ComparedRun>& runs)
{
    runs_ = runs;
    list_columns();
    list_settings();
    refresh();
}

void SweepPage::list_settings()
{
    const QStringList settings = swept_settings(runs_);
    QStringList listed;
    for (int i = 0; i < setting_->count(); ++i)
        listed << setting_->itemText(i);
    if (settings == listed)
        return;
    const QString before = setting_->currentText();
    const QSignalBlocker quiet(setting_);
    setting_->clear();
    setting_->addItems(settings);
    setting_->setCurrentIndex(std::max(0, setting_->findText(before)));
    if (setting_->currentText() != before)
        choose_scale();
}

void SweepPage::list_columns()
{
    std::vector<RunColumn> columns = columns_of(runs_);
    std::erase_if(columns, [](const RunColumn& column) {
        return !column.value || column.kind != RunColumn::Kind::measured;
    });
    const bool same
        = std::ranges::equal(columns, columns_, {}, &RunColumn::key, &RunColumn::key);
    columns_ = std::move(columns);
    if (same)
        return;
    const std::vector<std::size_t> first = first_measures(runs_, columns_);
    for (std::size_t i = 0; i < measures_.size(); ++i) {
        QComboBox& box = *measures_[i];
        const QSignalBlocker quiet(box);
        const QString before = box.currentText();
        box.clear();
        box.addItem(tr("none"));
        for (const RunColumn& column : columns_)
            box.addItem(column.full_title);
        const int again = box.findText(before);
        box.setCurrentIndex(again > 0 ? again : i < first.size() ? static_cast<int>(first[i]) + 1 : 0);
    }
}

void SweepPage::choose_scale()
{
    const QSignalBlocker quiet(logarithmic_);
    logarithmic_->setChecked(spans_decades(runs_, setting_->currentText()));
}

void SweepPage::refresh()
{
    const QString setting = setting_->currentText();
    logarithmic_->setEnabled(has_logarithm(runs_, setting));
    std::vector<RunColumn> chosen;
    for (const QComboBox* box : measures_)
        if (box->currentIndex() > 0)
            chosen.push_back(columns_[static_cast<std::size_t>(box->currentIndex() - 1)]);
    SweepChart chart = sweep_chart(runs_, setting, chosen, logarithmic_->isChecked());
    QString remark = chart.ticks.empty()
        ? QString()
        : tr("Dots are means, small dots single runs; bands and bars reach one standard deviation to "
             "each side.");
    if (chart.left_out > 0)
        remark += u' '
            + tr("%n run(s) has/have not finished and is/are left out.", nullptr,
                static_cast<int>(chart.left_out));
    if (chart.unreadable > 0)
        remark += u' '
            + tr("The settings of %n run(s) cannot be read by this version; it/they is/are left "
                 "out.",
                nullptr, chart.unreadable);
    remark_->setText(remark.trimmed());
    save_->setEnabled(!chart.ticks.empty() && !chart.measures.empty());
    plot_->set_chart(std::move(chart));
}

} // namespace circuitloom::ui
