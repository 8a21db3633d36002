#pragma once

#include "ui/export/picture_page.h"

#include <QWidget>

#include <optional>

namespace circuitloom::ui {

/// Shows a page as small as it must be to be seen whole, or a sentence where there is none.
class PagePreview : public QWidget
{
    Q_OBJECT

public:
    explicit PagePreview(QWidget* parent = nullptr);

    void show_page(PicturePage page);
    void show_sentence(const QString& sentence);

    QSize sizeHint() const override { return { 440, 320 }; }
    QSize minimumSizeHint() const override { return { 180, 160 }; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<PicturePage> page_;
    QString sentence_;
};

} // namespace circuitloom::ui
