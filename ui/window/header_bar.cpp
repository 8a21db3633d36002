#include "ui/window/header_bar.h"

#include "ui/base/device_text.h"
#include "ui/base/tip_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenuBar>

namespace circuitloom::ui {

HeaderBar::HeaderBar(QWidget* parent)
    : QWidget(parent)
    , menus_(new QMenuBar(this))
    , file_name_(new QLabel(this))
    , status_(new QLabel(this))
{
    setObjectName(QStringLiteral("header"));
    setAttribute(Qt::WA_StyledBackground);
    auto* name = new QLabel(QStringLiteral("Circuitloom"), this);
    name->setObjectName(QStringLiteral("programName"));
    menus_->setNativeMenuBar(false);
    // From right to left Qt asks for the whole width, and gets none.
    menus_->setLayoutDirection(Qt::LeftToRight);
    menus_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    file_name_->setObjectName(QStringLiteral("fileName"));
    file_name_->setProperty("dim", true);
    file_name_->setAlignment(Qt::AlignCenter);
    for (QLabel* label : { file_name_, status_ })
        label->setTextFormat(Qt::PlainText); // words from files come through them
    status_->setObjectName(QStringLiteral("engineStatus"));
    status_->setProperty("dim", true);
    status_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    status_->installEventFilter(this);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 3, 16, 3);
    row->setSpacing(12);
    row->addWidget(name);
    row->addWidget(menus_);
    row->addWidget(file_name_, 1);
    row->addWidget(status_);
}

void HeaderBar::set_file_name(const QString& name)
{
    name_ = name;
    show_file();
}

void HeaderBar::set_source(const QString& source)
{
    source_ = source;
    show_file();
}

void HeaderBar::show_file()
{
    file_name_->setText(
        name_.isEmpty() || source_.isEmpty() ? name_ + source_ : tr("%1 · %2").arg(name_, source_));
}

void HeaderBar::set_status(const QString& status)
{
    status_->setText(status);
}

void HeaderBar::set_devices(const Devices& devices)
{
    const QString text = devices_text(devices);
    status_->setToolTip(tip_text(text));
    status_->setAccessibleDescription(text);
}

QString HeaderBar::devices() const
{
    return status_->accessibleDescription();
}

bool HeaderBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Enter) // how much is free changes
        Q_EMIT devices_wanted();
    return QWidget::eventFilter(watched, event);
}

} // namespace circuitloom::ui
