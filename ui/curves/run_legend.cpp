#include "ui/curves/run_legend.h"

#include "ui/base/tip_text.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QMenu>
#include <QPainter>
#include <QPixmap>
#include <QToolButton>

namespace circuitloom::ui {

namespace {

constexpr int square = 9;

QIcon colored_square(const QColor& color, qreal ratio)
{
    QPixmap picture(QSize(square, square) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(QRectF(0, 0, square, square), 2, 2);
    return QIcon(picture);
}

} // namespace

RunLegend::RunLegend(QWidget* parent)
    : QWidget(parent)
    , row_(new QHBoxLayout(this))
    , others_(new QToolButton(this))
{
    setObjectName(QStringLiteral("runLegend"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    others_->setProperty("flat", true);
    others_->setFocusPolicy(Qt::TabFocus);
    others_->setPopupMode(QToolButton::InstantPopup);
    others_->setMenu(new QMenu(others_));
    others_->hide();
    row_->setSizeConstraint(QLayout::SetNoConstraint);
    row_->setContentsMargins(0, 0, 0, 0);
    row_->setSpacing(4);
    row_->addWidget(others_);
    row_->addStretch();
}

void RunLegend::show_runs(std::span<const PlottedRun> runs)
{
    for (QToolButton* button : buttons_) {
        row_->removeWidget(button);
        button->hide();
        button->deleteLater(); // a click on it may have led here
    }
    buttons_.clear();
    if (runs.size() < 2)
        runs = {};
    for (std::size_t i = 0; i < runs.size(); ++i) {
        auto* button = new QToolButton(this);
        button->setProperty("flat", true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIcon(colored_square(runs[i].color, devicePixelRatioF()));
        button->setIconSize(QSize(square, square));
        const QString name = QString(runs[i].name).replace(u'&', QStringLiteral("&&"));
        button->setText(u' ' + name); // some room after the square
        button->setFocusPolicy(Qt::TabFocus);
        if (i == 0) {
            button->setToolTip(tr("The chosen run"));
        } else {
            button->setToolTip(tip_text(tr("Take the curves of %1 away").arg(runs[i].name)));
            connect(button, &QToolButton::clicked, this,
                [this, run = runs[i].run] { Q_EMIT hide_requested(run); });
        }
        row_->insertWidget(static_cast<int>(i), button);
        buttons_.push_back(button);
    }
    show_what_fits();
}

void RunLegend::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    show_what_fits();
}

void RunLegend::show_what_fits()
{
    others_->menu()->clear();
    const auto wide = [this](const QToolButton* button) {
        return button->sizeHint().width() + row_->spacing();
    };
    int all = 0;
    for (const QToolButton* button : buttons_)
        all += wide(button);
    others_->setText(tr("%1 more").arg(buttons_.size()));
    int room = width() - (all > width() ? wide(others_) : 0);
    int left_out = 0;
    for (QToolButton* button : buttons_) {
        room -= wide(button);
        const bool fits = room >= 0 && left_out == 0;
        button->setVisible(fits);
        if (fits)
            continue;
        ++left_out;
        QAction* action = others_->menu()->addAction(button->icon(), button->text());
        action->setToolTip(button->toolTip());
        connect(action, &QAction::triggered, button, &QToolButton::click);
    }
    others_->setText(tr("%1 more").arg(left_out));
    others_->setToolTip(tr("More runs; choosing one takes its curves away"));
    others_->setVisible(left_out > 0);
}

} // namespace circuitloom::ui
