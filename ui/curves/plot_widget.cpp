#include "ui/curves/plot_canvas.h"

#include "ui/curves/plot_widget.h"

#include <QKeyEvent>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

constexpr double key_zoom = 0.7;

/// The keys that the window has a use for as well.
bool is_of_the_plot(const QKeyEvent& event)
{
    return event.modifiers() == Qt::NoModifier
        && (event.key() == Qt::Key_Left || event.key() == Qt::Key_Right
            || event.key() == Qt::Key_Return);
}

} // namespace

PlotWidget::PlotWidget(QWidget* parent)
    : QWidget(parent)
    , canvas_(std::make_unique<PlotCanvas>(*this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(canvas_.get());
    setFocusPolicy(Qt::TabFocus); // a click leaves the keys to the circuit and the timeline
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

bool PlotWidget::hides(const QString& name) const
{
    return canvas_->hidden.contains(name);
}

QStringList PlotWidget::label_names() const
{
    return canvas_->label_names();
}

void PlotWidget::set_cursor(double step)
{
    if (canvas_->cursor_step == step)
        return;
    canvas_->cursor_step = step;
    repaint_overlay();
}

void PlotWidget::repaint_overlay()
{
    canvas_->layer(QStringLiteral("cursor"))->replot();
}

QMargins PlotWidget::line_margins() const
{
    return canvas_->axisRect()->margins();
}

void PlotWidget::set_range(double first, double last)
{
    if (canvas_->first == first && canvas_->last == last)
        return;
    canvas_->first = first;
    canvas_->last = last;
    canvas_->apply_range();
}

bool PlotWidget::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride
        && is_of_the_plot(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void PlotWidget::keyPressEvent(QKeyEvent* event)
{
    const double around
        = canvas_->cursor_step < 0 ? (canvas_->first + canvas_->last) / 2 : canvas_->cursor_step;
    switch (event->key()) {
    case Qt::Key_Left:
        Q_EMIT move_requested(-1);
        break;
    case Qt::Key_Right:
        Q_EMIT move_requested(1);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        canvas_->zoom(key_zoom, around);
        break;
    case Qt::Key_Minus:
        canvas_->zoom(1 / key_zoom, around);
        break;
    case Qt::Key_0:
        Q_EMIT range_requested(0, canvas_->content.last_step);
        break;
    case Qt::Key_Up:
        choose_label(-1);
        break;
    case Qt::Key_Down:
        choose_label(1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!canvas_->chosen_label.isEmpty())
            canvas_->toggle(canvas_->chosen_label);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void PlotWidget::choose_label(int direction)
{
    canvas_->choose_label(direction);
    repaint_overlay();
}

void PlotWidget::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    repaint_overlay();
}

void PlotWidget::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    repaint_overlay();
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
