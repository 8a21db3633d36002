#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace circuitloom::ui {

/// Items in the parent's direction, in as many rows as they need for the width there is. What is left of a
/// row goes to its first item that expands (or is Ignored), which is asked for no more than its
/// least width. As narrow as its widest item.
class FlowLayout : public QLayout
{
public:
    explicit FlowLayout(QWidget* parent);

    void addItem(QLayoutItem* item) override;
    int count() const override;
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    struct Row
    {
        std::vector<QLayoutItem*> items;
        int width = 0; ///< that they ask for, gaps included
        int height = 0;
    };
    std::vector<Row> rows_for(int width) const;

    std::vector<std::unique_ptr<QLayoutItem>> items_;
};

} // namespace circuitloom::ui
