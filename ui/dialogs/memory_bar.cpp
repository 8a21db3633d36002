#include "ui/dialogs/memory_bar.h"

#include "ui/base/size_text.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>

namespace circuitloom::ui {

namespace {

constexpr int bar_height = 12;
constexpr double least_part = 1; ///< pixels

QString words_of(const NamedMemory& part)
{
    return MemoryBar::tr("%1: %2").arg(memory_title(part.name), size_text(part.bytes));
}

} // namespace

QString memory_title(std::string_view name)
{
    struct Title
    {
        std::string_view name;
        const char* title;
    };
    static constexpr std::array titles{
        Title{ "weights", QT_TRANSLATE_NOOP("MemoryBar", "weights") },
        Title{ "untouched weights", QT_TRANSLATE_NOOP("MemoryBar", "untouched weights") },
        Title{ "float32 weights", QT_TRANSLATE_NOOP("MemoryBar", "float32 weights") },
        Title{ "optimizer", QT_TRANSLATE_NOOP("MemoryBar", "optimizer") },
        Title{ "gradients", QT_TRANSLATE_NOOP("MemoryBar", "gradients") },
        Title{ "activations", QT_TRANSLATE_NOOP("MemoryBar", "activations") },
        Title{ "logits", QT_TRANSLATE_NOOP("MemoryBar", "logits") },
        Title{ "discovery", QT_TRANSLATE_NOOP("MemoryBar", "discovery") },
        Title{ "evaluation", QT_TRANSLATE_NOOP("MemoryBar", "evaluation") },
        Title{ "rest", QT_TRANSLATE_NOOP("MemoryBar", "the rest") },
    };
    for (const Title& title : titles)
        if (title.name == name)
            return MemoryBar::tr(title.title);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

MemoryBar::MemoryBar(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("memoryBar"));
    setAccessibleName(tr("What the run holds in memory, part by part"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize MemoryBar::sizeHint() const
{
    return { 120, bar_height };
}

void MemoryBar::show_memory(
    const MemoryParts& first, const MemoryParts& most, std::int64_t available)
{
    first_ = first;
    most_ = most;
    available_ = available;
    QStringList words;
    for (int i = 0; i < part_count(); ++i)
        words.append(part_text(i));
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    update();
}

std::vector<NamedMemory> MemoryBar::parts() const
{
    std::vector<NamedMemory> held;
    for (const NamedMemory& part : named(first_))
        if (part.bytes > 0)
            held.push_back(part);
    return held;
}

int MemoryBar::part_count() const
{
    return static_cast<int>(parts().size());
}

QString MemoryBar::part_text(int part) const
{
    return words_of(parts()[static_cast<std::size_t>(part)]);
}

QRectF MemoryBar::part_rect(int part) const
{
    const std::vector<NamedMemory> held = parts();
    std::int64_t before = 0;
    for (int i = 0; i < part; ++i)
        before += held[static_cast<std::size_t>(i)].bytes;
    const double pixels = width() / scale();
    const auto bytes = static_cast<double>(held[static_cast<std::size_t>(part)].bytes);
    return { pixels * static_cast<double>(before), 0, std::max(least_part, pixels * bytes),
        static_cast<double>(height()) };
}

double MemoryBar::scale() const
{
    return static_cast<double>(std::max({ std::int64_t{ 1 }, most_.total(), first_.total(), available_ }));
}

void MemoryBar::paintEvent(QPaintEvent*)
{
    const bool dark = palette().color(QPalette::Window).lightness()
        < palette().color(QPalette::WindowText).lightness();
    const Theme& colors = ui::theme(dark);
    QPainter painter(this);
    const QRectF all = QRectF(rect()).adjusted(0, 1, 0, -1);
    const double pixels = all.width() / scale();
    painter.fillRect(all, colors.card);
    const QRectF grown(all.left(), all.top(), pixels * static_cast<double>(most_.total()), all.height());
    painter.fillRect(grown, QBrush(colors.dimText, Qt::BDiagPattern));
    double x = all.left();
    int index = 0;
    for (const NamedMemory& part : named(first_)) {
        const double width = pixels * static_cast<double>(part.bytes);
        if (part.bytes > 0)
            painter.fillRect(QRectF(x, all.top(), std::max(least_part, width), all.height()),
                series_color(index, colors));
        ++index;
        x += width;
    }
    if (available_ > 0) {
        const double end = std::min(all.right() - 1, all.left() + pixels * static_cast<double>(available_));
        painter.fillRect(QRectF(end - 1, 0, 2, height()),
            first_.total() > available_ ? colors.danger : colors.text);
    }
    painter.setPen(colors.outline);
    painter.drawRect(all.adjusted(0, 0, -1, -1));
}

QString MemoryBar::words_at(int x) const
{
    const double bytes = scale() * x / std::max(1, width());
    double reached = 0;
    for (const NamedMemory& part : named(first_)) {
        reached += static_cast<double>(part.bytes);
        if (bytes < reached)
            return words_of(part);
    }
    if (bytes < static_cast<double>(most_.total()))
        return tr("up to %1 more, if its circuits open all of the blocks in time")
            .arg(size_text(most_.total() - first_.total()));
    return available_ > 0
        ? tr("%1 stay free").arg(size_text(std::max<std::int64_t>(0, available_ - most_.total())))
        : QString();
}

bool MemoryBar::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), words_at(help->pos().x()), this);
    return true;
}

} // namespace circuitloom::ui
