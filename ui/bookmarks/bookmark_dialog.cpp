#include "ui/bookmarks/bookmark_dialog.h"

#include "core/store/bookmarks.h"
#include "ui/base/question.h"
#include "ui/theme/text_scale.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace circuitloom::ui {

BookmarkDialog::BookmarkDialog(const Bookmark& bookmark, QWidget* parent)
    : QDialog(parent)
    , bookmark_(bookmark)
    , name_(new QLineEdit(QString::fromStdString(bookmark.name), this))
    , note_(new QPlainTextEdit(QString::fromStdString(bookmark.note), this))
    , objection_(new QLabel(this))
    , save_(new QPushButton(tr("Save"), this))
{
    setObjectName(QStringLiteral("bookmarkDialog"));
    setWindowTitle(tr("Bookmark at iteration %1").arg(bookmark.iteration.value));
    name_->setObjectName(QStringLiteral("bookmarkName"));
    name_->setToolTip(tr("What the list of bookmarks calls it"));
    name_->selectAll();
    note_->setObjectName(QStringLiteral("bookmarkNote"));
    note_->setTabChangesFocus(true);
    note_->setPlaceholderText(tr("What there is to see here"));
    note_->setToolTip(tr("Shown with the bookmark on the timeline"));
    objection_->setProperty("error", true);
    objection_->setWordWrap(true);

    auto* form = new QFormLayout;
    form->setHorizontalSpacing(14);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Name"), name_);
    form->addRow(tr("N&ote"), note_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setIcon({});
    save_->setProperty("primary", true);
    save_->setDefault(true);
    buttons->addButton(save_, QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(name_, &QLineEdit::textChanged, this, &BookmarkDialog::validate);
    connect(note_, &QPlainTextEdit::textChanged, this, &BookmarkDialog::validate);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(8);
    column->addLayout(form, 1);
    column->addWidget(objection_);
    column->addWidget(buttons);
    validate();
    resize(scaled(QSize(420, 240)));
}

Bookmark BookmarkDialog::bookmark() const
{
    Bookmark changed = bookmark_;
    changed.name = name_->text().trimmed().toStdString();
    changed.note = note_->toPlainText().toStdString();
    return changed;
}

void BookmarkDialog::reject()
{
    if (bookmark() == bookmark_)
        return QDialog::reject();
    ask_to_discard_text(*this, [this] { QDialog::reject(); });
}

void BookmarkDialog::validate()
{
    const Bookmark now = bookmark();
    QString objection;
    if (now.name.size() > longest_bookmark_name)
        objection = tr("The name may have up to %1 bytes; this one has %2.")
                        .arg(longest_bookmark_name)
                        .arg(now.name.size());
    else if (now.note.size() > longest_bookmark_note)
        objection = tr("The note may have up to %1 bytes; this one has %2.")
                        .arg(longest_bookmark_note)
                        .arg(now.note.size());
    objection_->setText(objection);
    objection_->setVisible(!objection.isEmpty());
    save_->setEnabled(objection.isEmpty() && !now.name.empty());
}

} // namespace circuitloom::ui
