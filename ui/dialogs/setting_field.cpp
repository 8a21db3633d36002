#include "ui/dialogs/setting_field.h"

#include "ui/base/core_text.h"
#include "ui/base/tip_text.h"
#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/number_edit.h"
#include "ui/dialogs/wheel_guard.h"
#include "ui/theme/text_scale.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int editor_width = 150;
constexpr int text_width = 240;

QString text_of(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

SettingField::SettingField(const RunOption& option, QWidget* parent)
    : QWidget(parent)
    , setting_(option.name())
    , title_(setting_title(setting_))
    , label_(new QLabel(title_, this))
    , reset_(new QToolButton(this))
    , help_text_(form_sentence(core_text(option.help).toStdString()))
    , help_(new QLabel(help_text_, this))
    , problem_(new QLabel(this))
{
    setObjectName(QStringLiteral("setting.") + QString::fromStdString(setting_));
    add_editor(option);
    install_wheel_guard(*editor_);
    editor_->setObjectName(QString::fromStdString(setting_));
    const auto* choice = std::get_if<Choice>(&option.value);
    const bool words_in_it
        = std::holds_alternative<std::string*>(option.value) || (choice && !choice->words.empty());
    editor_->setFixedWidth(scaled(words_in_it ? text_width : editor_width));
    editor_->setAccessibleName(title_);
    editor_->setAccessibleDescription(help_text_);
    editor_->setToolTip(
        tr("%1 in files and on the command line: %2")
            .arg(QString::fromStdString(setting_), QString::fromStdString(option.allowed())));
    label_->setBuddy(editor_);
    label_->setFixedWidth(scaled(form_label_width));
    label_->setWordWrap(true);
    help_->setProperty("dim", true);
    problem_->setProperty("error", true);
    problem_->setObjectName(QStringLiteral("fieldProblem"));
    for (QLabel* label : { help_, problem_ }) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    problem_->hide();
    // Two lines for all, so that a sentence of the other kind can take the place.
    help_->setMinimumHeight(2 * help_->fontMetrics().lineSpacing());
    reset_->setText(tr("Reset"));
    reset_->setProperty("flat", true);
    reset_->setAccessibleName(tr("Reset %1").arg(title_));
    QSizePolicy keeps_its_place = reset_->sizePolicy();
    keeps_its_place.setRetainSizeWhenHidden(true);
    reset_->setSizePolicy(keeps_its_place);
    reset_->hide();
    connect(reset_, &QToolButton::clicked, this, [this] { Q_EMIT reset_requested(setting_); });

    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addStretch();
    words->addWidget(help_);
    words->addWidget(problem_);
    words->addStretch();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 3, 0, 3);
    row->setSpacing(12);
    row->addWidget(label_, 0, Qt::AlignVCenter);
    row->addWidget(editor_, 0, Qt::AlignVCenter);
    row->addLayout(words, 1);
    row->addWidget(reset_, 0, Qt::AlignVCenter);
}

void SettingField::add_editor(const RunOption& option)
{
    const auto tell = [this](const QString& text) { Q_EMIT edited(setting_, text); };
    if (std::holds_alternative<bool*>(option.value)) {
        auto* box = new QCheckBox(tr("yes"), this);
        connect(box, &QCheckBox::clicked, this,
            [tell](bool on) { tell(on ? QStringLiteral("true") : QStringLiteral("false")); });
        show_ = [box](const QString& text) { box->setChecked(text == QStringLiteral("true")); };
        editor_ = box;
    } else if (const auto* choice = std::get_if<Choice>(&option.value)) {
        auto* box = new QComboBox(this);
        for (std::size_t i = 0; i < choice->names.size(); ++i) {
            const QString name = text_of(choice->names[i]);
            if (choice->words.empty()) {
                box->addItem(name, name);
                continue;
            }
            box->addItem(core_text(choice->words[i].title), name);
            box->setItemData(static_cast<int>(i),
                tr("%1: %2").arg(name, core_text(choice->words[i].help)), Qt::ToolTipRole);
        }
        connect(box, &QComboBox::textActivated, this,
            [box, tell] { tell(box->currentData().toString()); });
        show_ = [this, box, help = help_text_, words = choice->words](const QString& text) {
            const int index = box->findData(text);
            box->setCurrentIndex(index);
            if (index >= 0 && !words.empty())
                help_text_ = help + u' ' + core_text(words[static_cast<std::size_t>(index)].help);
        };
        editor_ = box;
    } else if (std::holds_alternative<std::string*>(option.value)) {
        auto* edit = new QLineEdit(this);
        connect(edit, &QLineEdit::textEdited, this, tell);
        show_ = [edit](const QString& text) {
            if (edit->text() != text)
                edit->setText(text);
        };
        editor_ = edit;
    } else {
        const bool whole = !std::holds_alternative<Bounded<double>>(option.value);
        double least = 0;
        double most = 0;
        if (const auto* number = std::get_if<Bounded<int>>(&option.value)) {
            least = number->least;
            most = number->most;
        } else if (const auto* real = std::get_if<Bounded<double>>(&option.value)) {
            least = real->least;
            most = real->most;
        } else if (const auto* large = std::get_if<Bounded<std::uint64_t>>(&option.value)) {
            least = static_cast<double>(large->least);
            most = static_cast<double>(large->most);
        }
        auto* edit = new NumberEdit(whole, least, most, this);
        connect(edit, &NumberEdit::edited, this, tell);
        show_ = [edit](const QString& text) {
            const QSignalBlocker quiet(edit);
            edit->set_typed(text);
        };
        editor_ = edit;
    }
}

QList<QWidget*> SettingField::focus_chain() const
{
    return { editor_, reset_ };
}

bool SettingField::matches(const QString& words) const
{
    const QString all = title_ + u' ' + QString::fromStdString(setting_) + u' ' + help_text_;
    for (const QString& word : words.split(u' ', Qt::SkipEmptyParts)) {
        if (!all.contains(word, Qt::CaseInsensitive))
            return false;
    }
    return true;
}

void SettingField::show_value(
    const QString& text, bool changed, const QString& inherited, const QString& unused)
{
    show_(text);
    QFont font = label_->font();
    font.setBold(changed);
    label_->setFont(font);
    reset_->setVisible(changed);
    reset_->setToolTip(inherited.isEmpty() ? tr("Empty again") : tr("Back to %1").arg(inherited));
    editor_->setEnabled(unused.isEmpty());
    label_->setEnabled(unused.isEmpty());
    help_->setText(unused.isEmpty() ? help_text_ : unused);
}

void SettingField::show_problem(const QString& problem)
{
    // It takes the place and the height of the help, so that nothing below moves.
    if (!problem.isEmpty() && !help_->isHidden())
        problem_->setFixedHeight(
            std::max(help_->minimumHeight(), help_->heightForWidth(help_->width())));
    problem_->setText(problem);
    problem_->setToolTip(tip_text(problem));
    help_->setVisible(problem.isEmpty());
    problem_->setVisible(!problem.isEmpty());
    mark_invalid(*editor_, !problem.isEmpty());
}

} // namespace circuitloom::ui
