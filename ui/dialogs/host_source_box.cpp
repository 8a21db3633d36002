#include "ui/dialogs/host_source_box.h"

#include "ui/base/tip_text.h"
#include "ui/dialogs/choice_line.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

namespace circuitloom::ui {

HostSourceBox::HostSourceBox(
    const char* name, const QString& title, const QString& placeholder, QWidget* parent)
    : QWidget(parent)
    , box_(choice_box(name, this))
    , rows_(new QStandardItemModel(this))
    , sentence_(dim_label(this))
    , problem_(dim_label(this))
{
    box_->setModel(rows_);
    box_->setEditable(true);
    box_->setInsertPolicy(QComboBox::NoInsert);
    box_->setCompleter(nullptr); // a path would become another one while it is typed
    box_->setAccessibleName(title);
    box_->lineEdit()->setAccessibleName(title);
    box_->lineEdit()->setPlaceholderText(placeholder);
    problem_->setProperty("dim", false);
    problem_->setProperty("error", true);
    problem_->setObjectName(QString::fromLatin1(name) + QStringLiteral("Problem"));
    const auto tell = [this](const QString& text) {
        if (text.toStdString() != chosen_)
            Q_EMIT source_chosen(text.toStdString());
    };
    connect(box_, &QComboBox::textActivated, this, tell);
    connect(box_->lineEdit(), &QLineEdit::textEdited, this, tell);
    lay_out_choice(*this, box_, {}, sentence_);
    layout()->addWidget(problem_);
    show_sentence();
}

void HostSourceBox::set_choices(std::vector<Choice> choices)
{
    const auto same = [](const Choice& one, const Choice& other) {
        return one.source == other.source && one.detail == other.detail
            && one.unusable == other.unusable;
    };
    if (std::ranges::equal(choices_, choices, same))
        return;
    choices_ = std::move(choices);
    const QSignalBlocker quiet(box_);
    rows_->clear();
    for (const Choice& choice : choices_) {
        auto* item = new QStandardItem(QString::fromStdString(choice.source));
        item->setEnabled(choice.unusable.isEmpty());
        item->setToolTip(tip_text(choice.unusable.isEmpty() ? choice.detail : choice.unusable));
        item->setAccessibleDescription(choice.unusable);
        rows_->appendRow(item);
    }
    box_->setEditText(QString::fromStdString(chosen_));
    show_sentence();
}

void HostSourceBox::choose(const std::string& source)
{
    chosen_ = source;
    const QString text = QString::fromStdString(source);
    if (box_->currentText() != text) {
        const QSignalBlocker quiet(box_);
        box_->setEditText(text);
    }
    show_sentence();
}

void HostSourceBox::show_problem(const QString& problem)
{
    if (wrong_ == problem)
        return;
    wrong_ = problem;
    mark_invalid(*box_, !problem.isEmpty());
    show_sentence();
}

void HostSourceBox::show_sentence()
{
    const auto found = std::ranges::find(choices_, chosen_, &Choice::source);
    sentence_->setText(found == choices_.end() ? QString() : found->detail);
    problem_->setText(wrong_);
    sentence_->setVisible(wrong_.isEmpty() && !sentence_->text().isEmpty());
    problem_->setVisible(!wrong_.isEmpty());
}

} // namespace circuitloom::ui
