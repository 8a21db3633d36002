#include "ui/export/export_bar.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace circuitloom::ui {

ExportBar::ExportBar(QWidget* parent)
    : QWidget(parent)
    , file_(new QLineEdit(this))
    , browse_(add_button(tr("&Browse…"), "exportBrowse", tr("Chooses where it is written")))
    , copy_(add_button(tr("Cop&y"), "exportCopy",
          tr("Puts the picture on the clipboard, as a bitmap and as SVG")))
    , close_(add_button(tr("Close"), "exportClose", tr("Closes this window (Esc)")))
    , export_(add_button(tr("&Export"), "exportStart", tr("Writes the file (Return)")))
    , progress_(new QProgressBar(this))
    , message_(new QLabel(this))
{
    file_->setObjectName(QStringLiteral("exportFile"));
    file_->setAccessibleName(tr("File"));
    file_->setToolTip(tr("Where it is written"));
    export_->setProperty("primary", true);
    export_->setDefault(true);
    message_->setObjectName(QStringLiteral("exportMessage"));
    message_->setTextFormat(Qt::PlainText);
    message_->setWordWrap(true);
    progress_->setObjectName(QStringLiteral("exportProgress"));
    progress_->setTextVisible(false);
    arrange();

    connect(file_, &QLineEdit::textEdited, this, [this] {
        named_by_user_ = true;
        Q_EMIT named();
    });
    connect(browse_, &QPushButton::clicked, this, &ExportBar::browse_requested);
    connect(copy_, &QPushButton::clicked, this, &ExportBar::copy_requested);
    connect(close_, &QPushButton::clicked, this, &ExportBar::close_requested);
    connect(export_, &QPushButton::clicked, this, &ExportBar::export_requested);
}

QPushButton* ExportBar::add_button(const QString& text, const char* name, const QString& tip)
{
    auto* button = new QPushButton(text, this);
    button->setObjectName(QLatin1String(name));
    button->setToolTip(tip);
    button->setAutoDefault(false);
    return button;
}

void ExportBar::arrange()
{
    auto* label = new QLabel(tr("F&ile"), this);
    label->setBuddy(file_);
    auto* path = new QHBoxLayout;
    path->addWidget(label);
    path->addWidget(file_, 1);
    path->addWidget(browse_);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(10);
    buttons->addWidget(message_, 1);
    buttons->addWidget(copy_);
    buttons->addWidget(close_);
    buttons->addWidget(export_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addLayout(path);
    column->addWidget(progress_);
    column->addLayout(buttons);
}

QString ExportBar::file() const
{
    return file_->text().trimmed();
}

void ExportBar::set_file(const QString& file)
{
    file_->setText(QDir::toNativeSeparators(file));
    named_by_user_ = true;
    Q_EMIT named();
}

void ExportBar::propose_file(const QString& file)
{
    file_->setText(file);
}

void ExportBar::offer_no_copy()
{
    copy_->hide();
}

void ExportBar::set_state(bool busy, bool copies)
{
    file_->setEnabled(!busy);
    browse_->setEnabled(!busy);
    copy_->setEnabled(!busy && copies);
    progress_->setVisible(busy);
    export_->setText(busy ? tr("Canc&el") : tr("&Export"));
    export_->setToolTip(
        busy ? tr("Stops; nothing is left of what was begun") : tr("Writes the file (Return)"));
    close_->setEnabled(!busy);
}

void ExportBar::show_progress(int frames, int of)
{
    progress_->setRange(0, of);
    progress_->setValue(frames);
}

void ExportBar::say(const QString& sentence, bool failed)
{
    message_->setText(sentence);
    message_->setProperty("error", failed);
    message_->style()->unpolish(message_);
    message_->style()->polish(message_);
}

} // namespace circuitloom::ui
