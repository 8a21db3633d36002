#include "ui/runs/run_details.h"

#include "ui/base/question.h"
#include "ui/theme/text_scale.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

QLabel* value_label(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLabel* heading(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("heading", true);
    return label;
}

} // namespace

RunDetails::RunDetails(
    const RunSummary& run, const QString& state, const QString& configuration, QWidget* parent)
    : QDialog(parent)
    , first_name_(QString::fromStdString(run.description.name))
    , first_notes_(QString::fromStdString(run.notes))
    , name_(new QLineEdit(first_name_, this))
    , notes_(new QPlainTextEdit(first_notes_, this))
{
    setObjectName(QStringLiteral("runDetails"));
    setWindowTitle(tr("Details and notes of the run"));
    name_->setObjectName(QStringLiteral("runName"));
    notes_->setObjectName(QStringLiteral("runNotes"));
    notes_->setTabChangesFocus(true);
    notes_->setPlaceholderText(tr("What you want to remember about this run"));
    notes_->setAccessibleName(tr("Notes"));
    auto* settings = new QPlainTextEdit(configuration, this);
    settings->setReadOnly(true);
    settings->setTabChangesFocus(true);
    settings->setAccessibleName(tr("Configuration"));
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(scaled(12));
    settings->setFont(fixed);

    const QDateTime created = QDateTime::fromSecsSinceEpoch(run.created);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(14);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Name"), name_);
    form->addRow(tr("State"), value_label(state, this));
    form->addRow(tr("Model"), value_label(QString::fromStdString(run.description.model), this));
    form->addRow(tr("Begun"), value_label(QLocale().toString(created, QLocale::ShortFormat), this));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setIcon({});
    auto* save = new QPushButton(tr("Save"), this);
    save->setProperty("primary", true);
    save->setDefault(true);
    buttons->addButton(save, QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(name_, &QLineEdit::textChanged, save,
        [this, save] { save->setEnabled(!name().isEmpty()); });

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(8);
    column->addLayout(form);
    column->addSpacing(4);
    column->addWidget(heading(tr("NOTES"), this));
    column->addWidget(notes_, 1);
    column->addWidget(heading(tr("CONFIGURATION"), this));
    column->addWidget(settings, 2);
    column->addWidget(buttons);
    notes_->setFocus();
    resize(scaled(QSize(560, 620)));
}

void RunDetails::reject()
{
    if (name() == first_name_.trimmed() && notes() == first_notes_)
        return QDialog::reject();
    ask_to_discard_text(*this, [this] { QDialog::reject(); });
}

QString RunDetails::name() const
{
    return name_->text().trimmed();
}

QString RunDetails::notes() const
{
    return notes_->toPlainText();
}

} // namespace circuitloom::ui
