#include "ui/window/error_banner.h"

#include <QAccessible>
#include <QAccessibleWidget>
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

/// To assistive programs a banner is an alert.
QAccessibleInterface* alert_of(const QString&, QObject* object)
{
    auto* banner = qobject_cast<ErrorBanner*>(object);
    return banner ? new QAccessibleWidget(banner, QAccessible::AlertMessage) : nullptr;
}

} // namespace

ErrorBanner::ErrorBanner(QWidget* parent)
    : QFrame(parent)
    , text_(new QLabel(this))
    , act_(new QToolButton(this))
    , copy_details_(new QAction(tr("Copy Details"), this))
    , away_(new QTimer(this))
{
    QAccessible::installFactory(alert_of); // once, however many banners there are
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
    announce(sentence, error);
}

// The focus stays where it is, so who does not see the banner must be told that it is there.
void ErrorBanner::announce(const QString& sentence, [[maybe_unused]] bool error)
{
    setAccessibleName(sentence);
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent announcement(this, sentence);
    announcement.setPoliteness(error ? QAccessible::AnnouncementPoliteness::Assertive
                                     : QAccessible::AnnouncementPoliteness::Polite);
    QAccessible::updateAccessibility(&announcement);
#endif
    // Through AT-SPI an alert is told when it appears.
    for (const QAccessible::Event what : { QAccessible::ObjectShow, QAccessible::Alert }) {
        QAccessibleEvent event(this, what);
        QAccessible::updateAccessibility(&event);
    }
}

} // namespace circuitloom::ui
