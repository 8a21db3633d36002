#include "ui/curves/plot_canvas.h"

#include "ui/curves/plot_widget.h"

#include <QVBoxLayout>

namespace circuitloom::ui {

PlotWidget::PlotWidget(QWidget* parent)
    : QWidget(parent)
    , canvas_(std::make_unique<PlotCanvas>(*this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(canvas_.get());
}

PlotWidget::~PlotWidget() = default;

void PlotWidget::set_theme(const Theme& theme)
{
    canvas_->theme = theme;
    canvas_->apply_theme();
}

void PlotWidget::set_content(const PlotContent& content)
{
    canvas_->content = content;
    setAccessibleName(content.title);
    canvas_->apply_content();
}

const PlotContent& PlotWidget::content() const
{
    return canvas_->content;
}

void PlotWidget::set_cursor(double step)
{
    if (canvas_->cursor_step == step)
        return;
    canvas_->cursor_step = step;
    canvas_->layer(QStringLiteral("cursor"))->replot();
}

void PlotWidget::set_range(double first, double last)
{
    if (canvas_->first == first && canvas_->last == last)
        return;
    canvas_->first = first;
    canvas_->last = last;
    canvas_->apply_range();
}

void paint_plots(QPaintDevice& device, std::span<const PlacedPlot> plots)
{
    QCPPainter painter(&device);
    painter.setMode(QCPPainter::pmVectorized);
    for (const PlacedPlot& placed : plots) {
        painter.save();
        painter.translate(placed.where.topLeft());
        PlotCanvas& canvas = *placed.plot->canvas_;
        canvas.setBackground(QBrush());
        canvas.toPainter(&painter, placed.where.width(), placed.where.height());
        canvas.setBackground(QBrush(canvas.theme.panel));
        painter.restore();
    }
}

} // namespace circuitloom::ui
