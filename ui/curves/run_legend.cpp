#include "ui/curves/run_legend.h"

#include <QHBoxLayout>
#include <QIcon>
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
{
    setObjectName(QStringLiteral("runLegend"));
    row_->setContentsMargins(10, 2, 4, 0);
    row_->setSpacing(4);
    row_->addStretch();
    hide();
}

void RunLegend::show_runs(std::span<const PlottedRun> runs)
{
    while (row_->count() > 1) {
        QLayoutItem* item = row_->takeAt(0);
        item->widget()->deleteLater(); // a click on it may have led here
        item->widget()->hide();
        delete item;
    }
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
            button->setToolTip(tr("Take the curves of %1 away").arg(runs[i].name));
            connect(button, &QToolButton::clicked, this,
                [this, run = runs[i].run] { Q_EMIT hide_requested(run); });
        }
        row_->insertWidget(row_->count() - 1, button);
    }
    setVisible(runs.size() > 1);
}

} // namespace circuitloom::ui
