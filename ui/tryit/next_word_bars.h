#pragma once

#include "ui/base/painted_parts.h"
#include "ui/theme/theme.h"
#include "ui/tryit/next_words.h"

#include <QWidget>

#include <vector>

namespace circuitloom::ui {

/// Next words as rows: the word, marked where it is the target or the alternative, and a bar with
/// its percentage for each model that answered. Disabled, they are dimmed: of another sentence.
class NextWordBars : public QWidget, public PaintedParts
{
    Q_OBJECT

public:
    explicit NextWordBars(QWidget* parent = nullptr);
    void set_words(std::vector<NextWord> words);
    const std::vector<NextWord>& words() const { return words_; }
    void set_theme(const Theme& theme);
    /// Its parts are the words, with their chances.
    int part_count() const override;
    QString part_text(int part) const override;
    QRectF part_rect(int part) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme theme_;
    std::vector<NextWord> words_;
};

/// What the model is called beside its bars.
QString asked_name(Asked asked);
/// The colour of its bars.
QColor asked_color(Asked asked, const Theme& theme);

} // namespace circuitloom::ui
