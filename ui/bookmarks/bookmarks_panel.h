#pragma once

#include "core/store/records.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

class QAction;
class QLabel;
class QListWidget;
class QListWidgetItem;
class QToolButton;

namespace circuitloom::ui {

class BookmarkDelegate;

/// The bookmarks of the run that is shown, in the order of their iterations.
class BookmarksPanel : public QWidget
{
    Q_OBJECT

public:
    /// `add` has its button beside the heading.
    explicit BookmarksPanel(QAction& add, QWidget* parent = nullptr);

    void set_theme(const Theme& theme);
    /// The run has so many iterations. The one chosen before stays so while it is there.
    void set_bookmarks(const std::vector<Bookmark>& bookmarks, int iterations);
    /// Null where none is chosen.
    const Bookmark* chosen() const;

    QSize sizeHint() const override { return { 232, 180 }; }
    QSize minimumSizeHint() const override { return { 180, 90 }; }

Q_SIGNALS:
    void iteration_requested(int iteration);
    /// Of the chosen one.
    void edit_requested();
    void remove_requested();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void add_menu();
    void fill(QListWidgetItem& item, const Bookmark& bookmark) const;
    void go_to_chosen();

    std::vector<Bookmark> bookmarks_;
    int iterations_ = 0;
    BookmarkDelegate* delegate_;
    QListWidget* list_;
    QLabel* empty_;
    QList<QAction*> of_chosen_;
};

} // namespace circuitloom::ui
