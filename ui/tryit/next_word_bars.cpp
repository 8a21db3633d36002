#include "ui/tryit/next_word_bars.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int row_height = 24;
constexpr int bar_height = 12;
constexpr int percent_width = 38;
constexpr int margin = 16;

/// Where the columns begin in a widget of that width.
struct Columns
{
    int word = margin;
    int now = 0;
    int start = 0;
    int bar = 0; ///< width of the longest bar

    explicit Columns(int width)
    {
        const int word_width = std::clamp(width / 4, 60, 110);
        const int rest = (width - 2 * margin - word_width) / 2;
        now = margin + word_width;
        start = now + rest;
        bar = std::max(10, rest - percent_width - 8);
    }
};

QString percent_text(double share)
{
    const double percent = 100 * share;
    return percent > 0 && percent < 0.5 ? QStringLiteral("<1")
                                        : QString::number(std::lround(percent));
}

} // namespace

std::vector<NextWord> likeliest_words(const TokenProbabilities& tokens, int most)
{
    std::vector<std::size_t> order(tokens.words.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    const auto at = [](const std::vector<double>& values, std::size_t i) {
        return i < values.size() ? values[i] : 0.0;
    };
    const auto greater = [&](std::size_t a, std::size_t b) {
        const double left = std::max(at(tokens.now, a), at(tokens.start, a));
        const double right = std::max(at(tokens.now, b), at(tokens.start, b));
        return left != right ? left > right : a < b;
    };
    const std::size_t count = std::min(order.size(), static_cast<std::size_t>(most));
    std::partial_sort(
        order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(), greater);
    order.resize(count);
    std::stable_sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return at(tokens.now, a) > at(tokens.now, b); });
    std::vector<NextWord> words;
    for (const std::size_t i : order) {
        NextWord word{ tokens.words[i], {}, {} };
        if (i < tokens.now.size())
            word.now = tokens.now[i];
        if (i < tokens.start.size())
            word.at_start = tokens.start[i];
        words.push_back(std::move(word));
    }
    return words;
}

NextWordBars::NextWordBars(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
}

void NextWordBars::set_words(std::vector<NextWord> words)
{
    words_ = std::move(words);
    QStringList spoken;
    for (const NextWord& word : words_)
        spoken << tr("%1: now %2, at the start %3")
                      .arg(word.word,
                          word.now ? tr("%1 %").arg(percent_text(*word.now)) : tr("unknown"),
                          word.at_start ? tr("%1 %").arg(percent_text(*word.at_start))
                                        : tr("unknown"));
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

void NextWordBars::set_theme(const Theme& theme)
{
    theme_ = theme;
    update();
}

QSize NextWordBars::sizeHint() const
{
    return { 240, row_height * (1 + std::max(1, static_cast<int>(words_.size()))) };
}

QSize NextWordBars::minimumSizeHint() const
{
    return { 180, sizeHint().height() };
}

void NextWordBars::paintEvent(QPaintEvent*)
{
    if (words_.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme_.font());
    const Columns columns(width());
    const QFontMetrics metrics = painter.fontMetrics();
    const auto text = [&](int x, int width, int row, const QString& what, int alignment) {
        painter.drawText(
            QRect(x, row * row_height, width, row_height), alignment | Qt::AlignVCenter, what);
    };
    painter.setPen(theme_.dimText);
    text(columns.word, columns.now - columns.word, 0, tr("next word"), Qt::AlignLeft);
    text(columns.now, columns.bar + percent_width, 0, tr("now"), Qt::AlignLeft);
    text(columns.start, columns.bar + percent_width, 0, tr("at the start"), Qt::AlignLeft);
    double greatest = 1e-9; // of all that is shown: its bar is the longest
    for (const NextWord& word : words_)
        greatest = std::max({ greatest, word.now.value_or(0), word.at_start.value_or(0) });
    const auto bar = [&](int x, int row, const std::optional<double>& share, const QColor& color) {
        if (!share)
            return;
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        const QRectF place(x, row * row_height + (row_height - bar_height) / 2.0,
            std::max(1.0, columns.bar * *share / greatest), bar_height);
        painter.drawRoundedRect(place, 2, 2);
        painter.setPen(theme_.text);
        text(x + columns.bar + 4, percent_width, row, tr("%1 %").arg(percent_text(*share)),
            Qt::AlignRight);
    };
    for (std::size_t i = 0; i < words_.size(); ++i) {
        const int row = static_cast<int>(i) + 1;
        painter.setPen(theme_.text);
        text(columns.word, columns.now - columns.word - 6, row,
            metrics.elidedText(words_[i].word, Qt::ElideRight, columns.now - columns.word - 6),
            Qt::AlignLeft);
        bar(columns.now, row, words_[i].now, series_color(0, theme_));
        bar(columns.start, row, words_[i].at_start, theme_.faint);
    }
}

} // namespace circuitloom::ui
