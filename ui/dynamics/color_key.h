#pragma once

#include "ui/theme/theme.h"

#include <QString>
#include <QWidget>

#include <functional>

namespace circuitloom::ui {

/// What the colours of a view stand for: a ramp between two numbers, and after it one colour more
/// with its name where there is one.
class ColorKey : public QWidget
{
    Q_OBJECT

public:
    explicit ColorKey(QWidget* parent = nullptr);

    struct Content
    {
        QString least; ///< at the ramp's left end
        QString most; ///< at its right end
        std::function<QColor(double share)> color_at; ///< 0…1 from left to right
        QString other; ///< may be empty
        QColor other_color;
    };
    void set_content(const Content& content, const Theme& theme);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Content content_;
    Theme theme_;
};

} // namespace circuitloom::ui
