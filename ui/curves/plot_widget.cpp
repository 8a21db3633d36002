#include "ui/curves/plot_canvas.h"

#include "ui/curves/plot_widget.h"
#include "ui/theme/text_scale.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QToolButton>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

constexpr double key_zoom = 0.7;

constexpr Qt::KeyboardModifiers reorder_keys = Qt::ControlModifier | Qt::ShiftModifier;

/// Held with a key, wherever on the keyboard that is.
Qt::KeyboardModifiers held_with(const QKeyEvent& event)
{
    return event.modifiers() & ~Qt::KeypadModifier;
}

/// The keys that the window has a use for as well.
bool is_of_the_plot(const QKeyEvent& event)
{
    const bool sideways = event.key() == Qt::Key_Left || event.key() == Qt::Key_Right;
    const Qt::KeyboardModifiers held = held_with(event);
    if (held == Qt::ShiftModifier || held == reorder_keys)
        return sideways;
    return held == Qt::NoModifier
        && (sideways || event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter
            || event.key() == Qt::Key_Delete || event.key() == Qt::Key_L);
}

int direction_of(const QKeyEvent& event)
{
    return event.key() == Qt::Key_Left ? -1 : 1;
}

} // namespace

PlotWidget::PlotWidget(QWidget* parent)
    : QWidget(parent)
    , canvas_(std::make_unique<PlotCanvas>(*this))
    , menu_(new QToolButton(this))
{
    setLayoutDirection(Qt::LeftToRight); // time runs to the right in every language
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(canvas_.get());
    setFocusPolicy(Qt::TabFocus); // a click leaves the keys to the circuit and the timeline
    menu_->setText(QStringLiteral("⋯"));
    menu_->setProperty("flat", true);
    menu_->setFocusPolicy(Qt::NoFocus); // the menu key opens it too
    menu_->setToolTip(tr("Change, move or remove this plot"));
    menu_->setAccessibleName(menu_->toolTip());
    follow_text_scale(*menu_, [this] { menu_->setFixedSize(scaled(QSize(22, 22))); });
    menu_->hide();
    connect(menu_, &QToolButton::clicked, this,
        [this] { Q_EMIT menu_requested(menu_->mapToGlobal(QPoint(0, menu_->height()))); });
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

QStringList PlotWidget::label_texts() const
{
    return canvas_->label_texts();
}

void PlotWidget::set_cursor(double step)
{
    if (canvas_->cursor_step == step)
        return;
    canvas_->cursor_step = step;
    repaint_overlay();
    QAccessibleValueChangeEvent changed(this, step);
    QAccessible::updateAccessibility(&changed);
}

double PlotWidget::cursor() const
{
    return canvas_->cursor_step;
}

QString PlotWidget::value_text(const PlotLine& line, double step) const
{
    const Curve& points = line.points;
    if (points.empty() || step < points.front().step || points.back().step < step)
        return {};
    const QString value = canvas_->full_text(value_at(points, step));
    const QString& unit = canvas_->content.unit;
    return unit.isEmpty() ? value : QString(value % u' ' % unit);
}

void PlotWidget::set_play_range(const std::optional<std::pair<double, double>>& range)
{
    if (canvas_->play_range == range)
        return;
    canvas_->play_range = range;
    repaint_overlay();
}

void PlotWidget::set_editable(bool editable)
{
    canvas_->editable = editable;
    menu_->setVisible(editable);
    menu_->raise();
}

int PlotWidget::painted_points() const
{
    return canvas_->painted_points();
}

void PlotWidget::repaint_overlay()
{
    canvas_->layer(QStringLiteral("cursor"))->replot();
}

QSize PlotWidget::least_size() const
{
    return canvas_->least_size();
}

QMargins PlotWidget::line_margins() const
{
    return canvas_->axisRect()->margins();
}

QMargins PlotWidget::line_margins(int width)
{
    canvas_->fit_to({ width, canvas_->height() }, 1);
    const QMargins margins = line_margins();
    canvas_->fit_to(canvas_->size(), 1);
    return margins;
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

bool PlotWidget::edit(const QKeyEvent& event)
{
    if (!canvas_->editable)
        return false;
    const bool sideways = event.key() == Qt::Key_Left || event.key() == Qt::Key_Right;
    if (sideways && held_with(event) == reorder_keys)
        Q_EMIT reorder_requested(direction_of(event));
    else if (event.key() == Qt::Key_Delete)
        Q_EMIT remove_requested();
    else if (event.key() == Qt::Key_L)
        Q_EMIT logarithmic_requested(!canvas_->content.logarithmic);
    else
        return false;
    return true;
}

void PlotWidget::keyPressEvent(QKeyEvent* event)
{
    if (edit(*event))
        return;
    const double around
        = canvas_->cursor_step < 0 ? (canvas_->first + canvas_->last) / 2 : canvas_->cursor_step;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (held_with(*event) == Qt::ShiftModifier)
            Q_EMIT extend_requested(direction_of(*event));
        else
            Q_EMIT move_requested(direction_of(*event));
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

void PlotWidget::contextMenuEvent(QContextMenuEvent* event)
{
    if (!canvas_->editable)
        return;
    Q_EMIT menu_requested(event->reason() == QContextMenuEvent::Mouse
            ? event->globalPos()
            : menu_->mapToGlobal(QPoint(0, menu_->height())));
}

void PlotWidget::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    menu_->move(width() - menu_->width() - 3, 3);
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

void paint_plots(QPaintDevice& device, std::span<const PlacedPlot> plots, double scale)
{
    QCPPainter painter(&device);
    painter.setMode(QCPPainter::pmVectorized);
    painter.scale(scale, scale);
    for (const PlacedPlot& placed : plots) {
        painter.save();
        painter.translate(placed.where.topLeft());
        PlotCanvas& canvas = *placed.plot->canvas_;
        canvas.setBackground(QBrush());
        constexpr int columns = 4; // of a page, which may be printed
        canvas.fit_to(placed.where.size(), columns);
        canvas.toPainter(&painter, placed.where.width(), placed.where.height());
        canvas.fit_to(canvas.size(), 1);
        canvas.setBackground(QBrush(canvas.theme.panel));
        painter.restore();
    }
}

} // namespace circuitloom::ui
