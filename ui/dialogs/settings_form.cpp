#include "ui/dialogs/settings_form.h"

#include "core/run/run_options.h"
#include "ui/base/scrolling.h"
#include "ui/dialogs/run_draft.h"
#include "ui/dialogs/setting_field.h"
#include "ui/dialogs/setting_use.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace circuitloom::ui {

namespace {

constexpr std::array<std::string_view, 7> basic{ "name", "circuit.method", "circuit.top_n",
    "graph.mlp_group_size", "run.steps", "run.batch", "optimizer.learning_rate" };
constexpr std::array<std::string_view, 3> elsewhere{ "model", "task.train", "task.held_out" };

template <std::size_t count>
bool contains(const std::array<std::string_view, count>& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

QString heading_of(std::string_view section)
{
    return section.empty() ? SettingsForm::tr("GENERAL") : setting_title(section).toUpper();
}

} // namespace

SettingsForm::SettingsForm(const RunDraft& draft, QWidget* parent)
    : QWidget(parent)
    , fold_(new QToolButton(this))
    , search_(new QLineEdit(this))
    , only_changed_(new QCheckBox(tr("Only what differs"), this))
    , nothing_(new QLabel(tr("No setting is like that."), this))
{
    fold_->setObjectName(QStringLiteral("allSettings"));
    fold_->setText(tr("&All settings"));
    fold_->setCheckable(true);
    fold_->setProperty("flat", true);
    fold_->setProperty("fold", true);
    fold_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    fold_->setFocusPolicy(Qt::StrongFocus);
    search_->setObjectName(QStringLiteral("searchSettings"));
    search_->setPlaceholderText(tr("Search the settings"));
    search_->setAccessibleName(tr("Search the settings"));
    search_->setClearButtonEnabled(true);
    only_changed_->setObjectName(QStringLiteral("onlyChanged"));
    only_changed_->setToolTip(tr("Shows only the settings that are not as in what the run begins "
                                 "from"));
    nothing_->setProperty("dim", true);

    auto* tools = new QHBoxLayout;
    tools->setContentsMargins(0, 10, 0, 2);
    tools->setSpacing(12);
    tools->addWidget(fold_);
    tools->addWidget(search_, 1);
    tools->addWidget(only_changed_);
    auto* few = new QVBoxLayout;
    auto* all = new QVBoxLayout;
    for (QVBoxLayout* column : { few, all })
        column->setSpacing(0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools); // above all that it hides and shows, so that it stays where it is
    column->addLayout(few);
    column->addLayout(all);
    column->addWidget(nothing_);
    column->addStretch(1); // few fields stay together

    sections_.emplace_back();
    RunConfig described = draft.config();
    std::string_view section = "-";
    for (const RunOption& option : options_of(described)) {
        const std::string name = option.name();
        if (contains(elsewhere, name))
            continue;
        auto* field = new SettingField(option, this);
        connect(field, &SettingField::edited, this, &SettingsForm::edited);
        connect(field, &SettingField::reset_requested, this, &SettingsForm::reset_requested);
        if (contains(basic, name)) {
            sections_.front().fields.push_back(field);
            continue;
        }
        if (option.section != section) {
            section = option.section;
            auto* heading = new QLabel(heading_of(section), this);
            heading->setProperty("heading", true);
            heading->setContentsMargins(0, 12, 0, 2);
            all->addWidget(heading);
            sections_.push_back({ heading, {} });
        }
        sections_.back().fields.push_back(field);
        all->addWidget(field);
    }
    // In the order in which one thinks of them, which is not the file's.
    std::vector<SettingField*>& first = sections_.front().fields;
    std::ranges::sort(first, {}, [](const SettingField* field) {
        return std::find(basic.begin(), basic.end(), field->setting()) - basic.begin();
    });
    for (SettingField* field : first)
        few->addWidget(field);

    order_focus();
    connect(fold_, &QToolButton::toggled, this, [this](bool open) {
        filter();
        if (open)
            bring_to_top(*fold_); // what was asked for is below
    });
    connect(search_, &QLineEdit::textChanged, this, &SettingsForm::filter);
    connect(only_changed_, &QCheckBox::toggled, this, &SettingsForm::filter);
    show_draft(draft);
}

void SettingsForm::order_focus()
{
    QList<QWidget*> chain{ fold_, search_, only_changed_ };
    for (const Section& section : sections_)
        for (const SettingField* field : section.fields)
            chain += field->focus_chain();
    for (qsizetype i = 1; i < chain.size(); ++i)
        setTabOrder(chain[i - 1], chain[i]);
}

void SettingsForm::show_draft(const RunDraft& draft)
{
    RunConfig inherited = draft.fitted_base();
    const std::vector<RunOption> options = options_of(inherited);
    changed_.clear();
    for (const Section& section : sections_) {
        for (SettingField* field : section.fields) {
            const std::string& name = field->setting();
            const auto option = std::find_if(options.begin(), options.end(),
                [&](const RunOption& one) { return one.name() == name; });
            const bool changed = draft.changed(name);
            if (changed)
                changed_.push_back(name);
            const auto problem = draft.problems().find(name);
            const bool wrong = problem != draft.problems().end();
            // What is wrong can be mended, used or not.
            field->show_value(QString::fromStdString(draft.text(name)), changed,
                QString::fromStdString(option->text()),
                wrong ? QString() : why_unused(name, draft.config()));
            field->show_problem(wrong ? form_sentence(problem->second) : QString());
        }
    }
    filter();
}

void SettingsForm::show_problem(const std::string& setting, const QString& problem)
{
    for (const Section& section : sections_)
        for (SettingField* field : section.fields)
            if (field->setting() == setting)
                field->show_problem(problem);
}

void SettingsForm::filter()
{
    const bool searching = !search_->text().trimmed().isEmpty() || only_changed_->isChecked();
    // While fields come and go the form is not lower than before: what scrolls it would move it.
    if (!searching)
        setMinimumHeight(0);
    else if (minimumHeight() == 0 && isVisible())
        setMinimumHeight(height());
    const bool open = fold_->isChecked() || searching;
    fold_->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    int shown = 0;
    for (const Section& section : sections_) {
        int here = 0;
        for (SettingField* field : section.fields) {
            const bool differs
                = std::find(changed_.begin(), changed_.end(), field->setting()) != changed_.end();
            const bool wanted = field->matches(search_->text())
                && (differs || !only_changed_->isChecked()) && (open || !section.heading);
            field->setVisible(wanted);
            here += wanted ? 1 : 0;
        }
        if (section.heading)
            section.heading->setVisible(here > 0);
        shown += here;
    }
    nothing_->setText(only_changed_->isChecked() ? tr("Nothing differs from what the run begins "
                                                      "from.")
                                                 : tr("No setting is like that."));
    nothing_->setVisible(shown == 0);
}

} // namespace circuitloom::ui
