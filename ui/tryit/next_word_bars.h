#pragma once

#include "ui/theme/theme.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace circuitloom::ui {

/// One possible next token and its probabilities, 0…1; nothing while one is not known.
struct NextWord
{
    QString word;
    std::optional<double> now;
    std::optional<double> at_start;
    bool operator==(const NextWord&) const = default;
};

/// The words of two answers that are likeliest in either, at most `most`, those of the model now
/// first. Both lists have every token's probability, or are empty.
struct TokenProbabilities
{
    std::vector<QString> words; ///< of the tokens in `now` and `start`
    std::vector<double> now;
    std::vector<double> start;
};
std::vector<NextWord> likeliest_words(const TokenProbabilities& tokens, int most);

/// Next words as rows: the word, a bar and percent for the model now, and the same for the start.
class NextWordBars : public QWidget
{
    Q_OBJECT

public:
    explicit NextWordBars(QWidget* parent = nullptr);
    void set_words(std::vector<NextWord> words);
    const std::vector<NextWord>& words() const { return words_; }
    void set_theme(const Theme& theme);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme theme_;
    std::vector<NextWord> words_;
};

} // namespace circuitloom::ui
