#include "ui/compare/scatter_page.h"

#include "core/base/written_factor.h"
#include "ui/base/decimal_box.h"
#include "ui/compare/column_box.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace circuitloom::ui {

ScatterPage::ScatterPage(QWidget* parent)
    : QWidget(parent)
    , x_(column_box("scatterX", tr("Horizontal axis"), this))
    , y_(column_box("scatterY", tr("Vertical axis"), this))
    , matched_(new QCheckBox(tr("&When each first reached"), this))
    , reached_(new DecimalBox(this))
    , match_(column_box("scatterMatch", tr("Measure that is reached"), this))
    , plot_(new ScatterPlot(this))
    , remark_(new QLabel(this))
{
    matched_->setObjectName(QStringLiteral("scatterMatched"));
    matched_->setToolTip(
        tr("Compares runs that learnt equally much, at the evaluation at which each first came there"));
    reached_->setObjectName(QStringLiteral("scatterReached"));
    reached_->setAccessibleName(tr("Value that is reached"));
    reached_->setRange(-1e6, 1e6);
    reached_->setDecimals(1);
    remark_->setObjectName(QStringLiteral("scatterRemark"));
    remark_->setProperty("dim", true);
    remark_->setWordWrap(true);
    remark_->setTextFormat(Qt::PlainText); // names of runs are in it

    auto* axes = new QHBoxLayout;
    const auto labelled = [&](const QString& text, QWidget* field) {
        auto* label = new QLabel(text, this);
        label->setBuddy(field);
        axes->addWidget(label);
        axes->addWidget(field, 1);
    };
    labelled(tr("H&orizontal:"), x_);
    axes->addSpacing(10);
    labelled(tr("&Vertical:"), y_);
    auto* match = new QHBoxLayout;
    match->addWidget(matched_);
    match->addWidget(reached_);
    match->addWidget(match_, 1);
    match->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->addLayout(axes);
    column->addLayout(match);
    column->addWidget(plot_, 1);
    column->addWidget(remark_);

    for (QComboBox* box : { x_, y_ })
        connect(box, &QComboBox::currentIndexChanged, this, &ScatterPage::refresh);
    connect(matched_, &QCheckBox::toggled, this, &ScatterPage::refresh);
    connect(reached_, &QDoubleSpinBox::valueChanged, this, &ScatterPage::refresh);
    connect(match_, &QComboBox::currentIndexChanged, this, [this] {
        if (const RunColumn* reached = chosen(*match_))
            reached_->setSuffix(reached->notation == Notation::percent ? tr(" %") : QString());
        refresh();
    });
    connect(plot_, &ScatterPlot::run_chosen, this, &ScatterPage::run_chosen);
}

void ScatterPage::show_runs(const std::vector<ComparedRun>& runs, Grouping grouping)
{
    runs_ = runs;
    grouping_ = grouping;
    list_columns();
    refresh();
}

void ScatterPage::list_columns()
{
    std::vector<RunColumn> columns = columns_of(runs_);
    std::erase_if(columns, [](const RunColumn& column) { return !column.value; });
    const bool same
        = std::ranges::equal(columns, columns_, {}, &RunColumn::key, &RunColumn::key);
    columns_ = std::move(columns);
    if (same)
        return;
    const auto fill = [this](QComboBox& box, int first) {
        const QSignalBlocker quiet(box);
        const QVariant before = box.currentData();
        box.clear();
        for (const RunColumn& column : columns_)
            box.addItem(column.full_title, column.key);
        const int again = before.isValid() ? box.findData(before) : -1;
        box.setCurrentIndex(again >= 0 ? again : std::max(0, first));
    };
    fill(*x_, column_like(columns_, QLatin1String(RunColumn::task_key), QStringLiteral("/change")));
    fill(*y_, column_like(columns_, QLatin1String(RunColumn::capabilities_key), QStringLiteral("/after")));
    fill(*match_, column_like(columns_, QLatin1String(RunColumn::task_key), QStringLiteral("/after")));
    if (reached_->value() == 0)
        if (const RunColumn* reached = chosen(*match_)) {
            const QSignalBlocker quiet(reached_);
            const bool share = reached->notation == Notation::percent;
            reached_->setValue(share ? 95 : 0);
            reached_->setSuffix(share ? tr(" %") : QString());
        }
}

const RunColumn* ScatterPage::chosen(const QComboBox& box) const
{
    const int index = box.currentIndex();
    return index < 0 || index >= static_cast<int>(columns_.size())
        ? nullptr
        : &columns_[static_cast<std::size_t>(index)];
}

void ScatterPage::refresh()
{
    reached_->setEnabled(matched_->isChecked());
    match_->setEnabled(matched_->isChecked());
    const RunColumn* x = chosen(*x_);
    const RunColumn* y = chosen(*y_);
    const RunColumn* reached = chosen(*match_);
    if (!x || !y || !reached)
        return;
    std::optional<Match> match;
    if (matched_->isChecked())
        match = Match{ *reached, reached_->value() / written_factor(reached->notation) };
    RunScatter scatter = scatter_of(runs_, grouping_, *x, *y, match);
    QStringList remarks;
    if (!scatter.front.empty())
        remarks << tr("The dashed line is the Pareto front: what no other is better than in both.");
    if (!scatter.left_out.isEmpty())
        remarks << (match ? tr("Never came so far, or lack a measure: %1.")
                          : tr("Lack a measure: %1."))
                       .arg(scatter.left_out.join(QStringLiteral(", ")));
    remark_->setText(remarks.join(u' '));
    plot_->set_scatter(std::move(scatter));
}

} // namespace circuitloom::ui
