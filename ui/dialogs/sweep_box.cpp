#include "ui/dialogs/sweep_box.h"

#include "core/run/run_options.h"
#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/form_sentence.h"
#include "ui/dialogs/wheel_guard.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <iterator>

namespace circuitloom::ui {

namespace {

/// What each run has of its own anyway.
constexpr std::array<std::string_view, 3> own{ "name", "description", "seed" };
/// In the order in which they are proposed.
constexpr std::array<std::string_view, 3> first_proposed{ "circuit.top_n", "circuit.discover_every",
    "circuit.method" };
constexpr int most_seeds = 1000;

QString title_of(const RunOption& option)
{
    return setting_title(option.name()) + QStringLiteral(" · ")
        + QString::fromStdString(option.name());
}

} // namespace

SweepBox::SweepBox(QWidget* parent)
    : QWidget(parent)
    , rows_column_(new QVBoxLayout)
    , add_(choice_button(tr("S&weep a setting"),
          tr("Gives a setting several values; every combination of them is a run"), this))
    , seeds_(new QSpinBox(this))
    , count_(dim_label(this))
{
    add_->setObjectName(QStringLiteral("addSwept"));
    seeds_->setObjectName(QStringLiteral("sweepSeeds"));
    seeds_->setRange(1, most_seeds);
    seeds_->setToolTip(tr("How many seeds each run is made with, from the one set below on"));
    seeds_->setAccessibleName(tr("Number of seeds"));
    install_wheel_guard(*seeds_);
    count_->setObjectName(QStringLiteral("sweepCount"));
    auto* seeds = new QLabel(tr("Se&eds"), this);
    seeds->setBuddy(seeds_);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(add_);
    line->addSpacing(8);
    line->addWidget(seeds);
    line->addWidget(seeds_);
    line->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(rows_column_);
    column->addLayout(line);
    column->addWidget(count_);
    setFocusProxy(add_);
    connect(add_, &QPushButton::clicked, this, &SweepBox::add_row);
    connect(seeds_, &QSpinBox::valueChanged, this, &SweepBox::edited);
}

std::vector<SweptSetting> SweepBox::swept() const
{
    std::vector<SweptSetting> all;
    for (const Row& row : rows_)
        all.push_back({ row.setting->currentData().toString().toStdString(),
            row.values->text().toStdString() });
    return all;
}

int SweepBox::seeds() const
{
    return seeds_->value();
}

void SweepBox::add_row()
{
    Row row;
    row.whole = new QWidget(this);
    row.setting = choice_box("sweptSetting", row.whole);
    row.setting->setAccessibleName(tr("Setting that is swept"));
    RunConfig any = base_;
    for (const RunOption& option : options_of(any))
        if (std::ranges::find(own, option.name()) == own.end())
            row.setting->addItem(title_of(option), QString::fromStdString(option.name()));
    for (const std::string_view name : first_proposed) {
        const auto taken = [&](const Row& other) {
            return other.setting->currentData().toString().toStdString() == name;
        };
        if (std::ranges::none_of(rows_, taken)) {
            row.setting->setCurrentIndex(row.setting->findData(
                QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))));
            break;
        }
    }
    row.values = new QLineEdit(row.whole);
    row.values->setObjectName(QStringLiteral("sweptValues"));
    row.values->setAccessibleName(tr("Its values"));
    row.values->setPlaceholderText(tr("10,30,100 or 10..90+20 or 1..1000*10"));
    row.values->setToolTip(tr("Values with commas between them; or a range with both ends, as in "
                              "10..90+20, which adds, or 1e-4..1e-1*10, which multiplies"));
    row.help = dim_label(row.whole);
    row.problem = dim_label(row.whole);
    row.problem->setObjectName(QStringLiteral("sweptProblem"));
    row.problem->setProperty("dim", false);
    row.problem->setProperty("error", true);
    row.problem->hide();
    auto* remove = new QToolButton(row.whole);
    remove->setObjectName(QStringLiteral("removeSwept"));
    remove->setText(tr("Remove"));
    remove->setProperty("flat", true);
    remove->setAccessibleName(tr("Sweep this setting no longer"));

    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(row.setting, 1);
    line->addWidget(row.values, 1);
    line->addWidget(remove);
    auto* column = new QVBoxLayout(row.whole);
    column->setContentsMargins(0, 0, 0, 4);
    column->setSpacing(2);
    column->addLayout(line);
    column->addWidget(row.help);
    column->addWidget(row.problem);
    rows_column_->addWidget(row.whole);
    rows_.push_back(row);
    // A row stands above the button that adds one, and Tab reaches it before.
    QWidget* before = add_->previousInFocusChain();
    while (before == this || before->focusProxy())
        before = before->previousInFocusChain();
    QWidget* const order[] = { before, row.setting, row.values, remove };
    for (std::size_t i = 1; i < std::size(order); ++i)
        setTabOrder(order[i - 1], order[i]);
    propose_values(row);

    connect(row.setting, &QComboBox::currentIndexChanged, this, [this, row] {
        propose_values(row);
        Q_EMIT edited();
    });
    connect(row.values, &QLineEdit::textEdited, this, &SweepBox::edited);
    connect(remove, &QToolButton::clicked, this, [this, whole = row.whole] { remove_row(whole); });
    row.whole->show();
    row.values->setFocus();
    row.values->selectAll();
    Q_EMIT edited();
}

void SweepBox::remove_row(QWidget* whole)
{
    std::erase_if(rows_, [whole](const Row& row) { return row.whole == whole; });
    add_->setFocus();
    whole->hide();
    whole->deleteLater();
    Q_EMIT edited();
}

void SweepBox::propose_values(const Row& row)
{
    const std::string name = row.setting->currentData().toString().toStdString();
    for (const RunOption& option : options_of(base_)) {
        if (option.name() != name)
            continue;
        QStringList values;
        if (const auto* choice = std::get_if<Choice>(&option.value)) {
            for (const std::string_view word : choice->names)
                values << QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
        } else {
            values << QString::fromStdString(option.text());
        }
        row.values->setText(values.join(u','));
        row.help->setText(tr("As in 10,30,100 or 10..90+20 or 1..64*2; each must be %1.")
                               .arg(QString::fromStdString(option.allowed())));
    }
}

void SweepBox::show_plan(const SweepPlan& plan, const RunConfig& base, std::size_t made)
{
    base_ = base;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const auto wrong = plan.problems.find(i);
        const bool is_wrong = wrong != plan.problems.end();
        rows_[i].problem->setText(is_wrong ? wrong->second : QString());
        rows_[i].problem->setVisible(is_wrong);
        rows_[i].help->setVisible(!is_wrong);
        mark_invalid(*rows_[i].values, is_wrong);
    }
    if (!is_used()) {
        count_->setText(tr("One run, as the settings below have it."));
        return;
    }
    if (plan.runs.empty()) {
        count_->setText(plan.problem);
        return;
    }
    const auto all = plan.runs.size();
    const auto combinations = all / static_cast<std::size_t>(seeds());
    QString text = tr("%n run(s)", nullptr, static_cast<int>(all));
    if (seeds() > 1)
        text = rows_.empty() ? tr("%1 with other seeds").arg(text)
                             : tr("%1: %2 combinations of values, each with %3 seeds")
                                   .arg(text)
                                   .arg(combinations)
                                   .arg(seeds());
    if (made > 0)
        text = made == all ? tr("%1; all of them are in this file already").arg(text)
                           : tr("%1; %2 of them are in this file already and stay as they are")
                                 .arg(text)
                                 .arg(made);
    count_->setText(text + u'.');
}

} // namespace circuitloom::ui
