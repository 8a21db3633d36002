#pragma once

#include <QWidget>

#include <map>

class QLabel;

namespace circuitloom::ui {

/// Stands in a column for a label whose text changes often. The column is laid out again only when
/// the text needs another height, not at every new text; it takes the room of a label that is
/// hidden. The label belongs to it.
class SteadyText : public QWidget
{
public:
    enum class Height {
        of_text,
        largest_so_far, ///< since it was last hidden or had another width
    };

    explicit SteadyText(
        QLabel& label, QWidget* parent = nullptr, Height height = Height::of_text);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int text_height(int width) const;

    QLabel& label_;
    Height height_;
    int asked_height_ = -1; ///< for the width it has
    mutable std::map<int, int> heights_; ///< of the text it has, by width; layouts ask many times
};

} // namespace circuitloom::ui
