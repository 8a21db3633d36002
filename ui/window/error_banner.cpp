#include "ui/window/error_banner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

namespace circuitloom::ui {

ErrorBanner::ErrorBanner(QWidget* parent)
    : QFrame(parent)
    , text_(new QLabel(this))
{
    setObjectName(QStringLiteral("banner"));
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::PlainText);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* dismiss = new QToolButton(this);
    dismiss->setObjectName(QStringLiteral("bannerDismiss"));
    dismiss->setText(tr("Dismiss"));
    dismiss->setFocusPolicy(Qt::TabFocus);
    connect(dismiss, &QToolButton::clicked, this, &QWidget::hide);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 10, 8);
    row->addWidget(text_, 1);
    row->addWidget(dismiss);
    hide();
}

void ErrorBanner::show_error(const QString& sentence)
{
    show_text(sentence, true);
}

void ErrorBanner::show_notice(const QString& sentence)
{
    show_text(sentence, false);
}

QString ErrorBanner::text() const
{
    return isHidden() ? QString() : text_->text();
}

void ErrorBanner::show_text(const QString& sentence, bool error)
{
    setProperty("error", error);
    style()->unpolish(this);
    style()->polish(this);
    text_->setText(sentence);
    show();
}

} // namespace circuitloom::ui
