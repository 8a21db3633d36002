#include "ui/window/error_banner.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QTimer>
#include <QToolButton>

namespace circuitloom::ui {

namespace {

constexpr qsizetype most_errors = 5; ///< that are kept for the diagnostics
constexpr int reading_time = 10'000; ///< milliseconds

} // namespace

ErrorBanner::ErrorBanner(QWidget* parent)
    : QFrame(parent)
    , text_(new QLabel(this))
    , act_(new QToolButton(this))
    , copy_details_(new QAction(tr("Copy Details"), this))
    , away_(new QTimer(this))
{
    away_->setObjectName(QStringLiteral("bannerAway"));
    away_->setSingleShot(true);
    away_->setInterval(reading_time);
    connect(away_, &QTimer::timeout, this, &QWidget::hide);
    setObjectName(QStringLiteral("banner"));
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::PlainText);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    act_->setObjectName(QStringLiteral("bannerAction"));
    act_->setFocusPolicy(Qt::TabFocus);
    act_->hide();
    auto* dismiss = new QToolButton(this);
    dismiss->setObjectName(QStringLiteral("bannerDismiss"));
    dismiss->setText(tr("Dismiss"));
    dismiss->setFocusPolicy(Qt::TabFocus);
    connect(dismiss, &QToolButton::clicked, this, &QWidget::hide);
    connect(copy_details_, &QAction::triggered, this,
        [this] { QGuiApplication::clipboard()->setText(copy_details_->data().toString()); });
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 10, 8);
    row->addWidget(text_, 1);
    row->addWidget(act_);
    row->addWidget(dismiss);
    hide();
}

void ErrorBanner::show_error(const QString& sentence)
{
    show_text(sentence, true);
}

void ErrorBanner::show_failure(const QString& sentence, const QString& details)
{
    show_text(sentence, true);
    copy_details_->setData(details);
    show_action(*copy_details_);
}

void ErrorBanner::show_notice(const QString& sentence)
{
    show_text(sentence, false);
}

void ErrorBanner::show_notice(const QString& sentence, QAction* action)
{
    show_text(sentence, false);
    show_action(*action);
}

void ErrorBanner::show_action(QAction& action)
{
    act_->setDefaultAction(&action);
    act_->setText(action.iconText());
    act_->show();
    away_->stop();
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
    if (error) {
        errors_ << sentence;
        while (errors_.size() > most_errors)
            errors_.removeFirst();
    }
    act_->hide();
    error ? away_->stop() : away_->start();
    show();
}

} // namespace circuitloom::ui
