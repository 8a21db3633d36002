#include "ui/tryit/next_word_bars.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int margin = 16;
constexpr int usual_legend_height = 20;
constexpr int usual_bar_pitch = 14; // from one bar of a word to the next
constexpr int usual_bar_height = 8;
constexpr int usual_row_gap = 7;
constexpr int usual_percent_width = 56;
constexpr int usual_swatch = 9;
constexpr int small_text = 11; // pixels
constexpr double outdated_opacity = 0.4;

constexpr int usual_row_height
    = static_cast<int>(asked_count) * usual_bar_pitch + usual_row_gap;

QFont small_font(const Theme& theme)
{
    QFont font = theme.font();
    font.setPixelSize(theme.scaled(small_text));
    return font;
}

QString mark_name(NextWord::Mark mark)
{
    switch (mark) {
    case NextWord::Mark::target:
        return NextWordBars::tr("target");
    case NextWord::Mark::alternative:
        return NextWordBars::tr("alternative");
    case NextWord::Mark::none:
        break;
    }
    return {};
}

} // namespace

QString asked_name(Asked asked)
{
    switch (asked) {
    case Asked::now:
        return NextWordBars::tr("now");
    case Asked::start:
        return NextWordBars::tr("at the start");
    case Asked::circuit:
        break;
    }
    return NextWordBars::tr("circuit alone");
}

QColor asked_color(Asked asked, const Theme& theme)
{
    switch (asked) {
    case Asked::now:
        return series_color(0, theme);
    case Asked::start:
        return theme.faint;
    case Asked::circuit:
        break;
    }
    return series_color(1, theme);
}

NextWordBars::NextWordBars(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void NextWordBars::set_words(std::vector<NextWord> words)
{
    const bool as_many = words.size() == words_.size();
    words_ = std::move(words);
    QStringList spoken;
    for (int i = 0; i < part_count(); ++i)
        spoken << part_text(i);
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    if (!as_many)
        updateGeometry();
    update();
}

int NextWordBars::part_count() const
{
    return static_cast<int>(words_.size());
}

QString NextWordBars::part_text(int part) const
{
    const NextWord& word = words_[static_cast<std::size_t>(part)];
    QStringList chances;
    for (std::size_t i = 0; i < asked_count; ++i)
        chances << tr("%1 %2").arg(asked_name(static_cast<Asked>(i)),
            word.chances[i] ? chance_text(*word.chances[i]) : tr("unknown"));
    const QString mark = mark_name(word.mark);
    const QString marked = mark.isEmpty() ? word.word : tr("%1 (%2)").arg(word.word, mark);
    return tr("%1: %2").arg(marked, chances.join(QStringLiteral(", ")));
}

QRectF NextWordBars::part_rect(int part) const
{
    const int row_height = theme_.scaled(usual_row_height);
    return QRectF(margin, theme_.scaled(usual_legend_height) + part * row_height,
        std::max(0, width() - 2 * margin), row_height - theme_.scaled(usual_row_gap));
}

void NextWordBars::set_theme(const Theme& theme)
{
    theme_ = theme;
    updateGeometry();
    update();
}

QSize NextWordBars::sizeHint() const
{
    if (words_.empty())
        return { 240, 0 };
    return { 240,
        theme_.scaled(usual_legend_height)
            + theme_.scaled(usual_row_height) * static_cast<int>(words_.size()) };
}

QSize NextWordBars::minimumSizeHint() const
{
    return { 200, sizeHint().height() };
}

void NextWordBars::paintEvent(QPaintEvent*)
{
    if (words_.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!isEnabled())
        painter.setOpacity(outdated_opacity);
    const int legend_height = theme_.scaled(usual_legend_height);
    const int row_height = theme_.scaled(usual_row_height);
    const int row_gap = theme_.scaled(usual_row_gap);
    const int bar_pitch = theme_.scaled(usual_bar_pitch);
    const int bar_height = theme_.scaled(usual_bar_height);
    const int percent_width = theme_.scaled(usual_percent_width);
    const int swatch = theme_.scaled(usual_swatch);
    const QFont small = small_font(theme_);
    const QFontMetrics small_metrics(small);
    const auto filled = [&](const QRectF& rect, const QColor& color) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(rect, 2, 2);
    };
    painter.setFont(small);
    int x = margin;
    for (std::size_t i = 0; i < asked_count; ++i) {
        const auto asked = static_cast<Asked>(i);
        filled(QRectF(x, (legend_height - swatch) / 2.0, swatch, swatch),
            asked_color(asked, theme_));
        painter.setPen(theme_.dimText);
        const QString name = asked_name(asked);
        const int width = small_metrics.horizontalAdvance(name) + 2;
        painter.drawText(QRect(x + swatch + 4, 0, width, legend_height), Qt::AlignVCenter, name);
        x += swatch + 4 + width + 8;
    }

    double greatest = 1e-9; // of all that is shown: its bar is the longest
    for (const NextWord& word : words_)
        for (const auto& chance : word.chances)
            greatest = std::max(greatest, chance.value_or(0));
    const int word_width = std::clamp(width() / 4, theme_.scaled(70), theme_.scaled(130));
    const int bars = margin + word_width + 6;
    const int longest = std::max(10, width() - bars - percent_width - margin);
    for (std::size_t row = 0; row < words_.size(); ++row) {
        const NextWord& word = words_[row];
        const int top = legend_height + static_cast<int>(row) * row_height;
        const QString mark = mark_name(word.mark);
        QFont font = theme_.font();
        if (!mark.isEmpty())
            font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(theme_.text);
        const QRect place(margin, top, word_width, row_height - row_gap);
        painter.drawText(mark.isEmpty() ? place : place.adjusted(0, 0, 0, -place.height() / 2 + 2),
            Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(word.word.trimmed(), Qt::ElideRight, word_width));
        painter.setFont(small);
        if (!mark.isEmpty()) {
            painter.setPen(theme_.dimText);
            painter.drawText(place.adjusted(0, place.height() / 2, 0, 0),
                Qt::AlignLeft | Qt::AlignVCenter, mark);
        }
        for (std::size_t i = 0; i < asked_count; ++i) {
            if (!word.chances[i])
                continue;
            const int y = top + static_cast<int>(i) * bar_pitch;
            filled(QRectF(bars, y + (bar_pitch - bar_height) / 2.0,
                       std::max(1.0, longest * *word.chances[i] / greatest), bar_height),
                asked_color(static_cast<Asked>(i), theme_));
            painter.setPen(theme_.text);
            painter.drawText(QRect(bars + longest, y, percent_width, bar_pitch),
                Qt::AlignRight | Qt::AlignVCenter, chance_text(*word.chances[i]));
        }
    }
}

} // namespace circuitloom::ui
