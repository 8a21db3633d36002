#pragma once

#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

class QDockWidget;
class QMainWindow;
class QMenu;

namespace circuitloom::ui {

class DockSizes;
class FoldedPanels;
class PanelContext;

/// The panels around the circuit, which can be moved, detached and hidden, each with an action and
/// a key for it; where they and the window stand is kept in the settings.
class DockPanels : public QObject
{
    Q_OBJECT

public:
    /// Adds the panels to `window` and their actions to `menu`: those that the window builds
    /// itself, and all of panel_kinds(), which are made with `context`.
    DockPanels(QMainWindow& window, QMenu& menu, QWidget* runs, QWidget* curves, QWidget* bookmarks,
        PanelContext& context);

    /// The window and its panels stand where they did when save() was called last.
    void restore();
    void save() const;

Q_SIGNALS:
    /// A panel was opened by its key or menu: it is to have the focus.
    void opened(QWidget* panel);

private:
    QDockWidget* add(const QString& name, const QString& title, QWidget* content,
        Qt::DockWidgetArea area, const QKeySequence& keys);

    void detach_or_attach(QDockWidget& dock);
    void show_title(QDockWidget& dock, bool shown);
    QRect place_of(QDockWidget& dock) const;
    /// A panel that was opened comes to the front, behind no other, and has a useful height.
    void present(QDockWidget& dock);
    void make_room_for(QDockWidget& dock);

    QMainWindow& window_;
    QMenu& menu_;
    DockSizes* sizes_;
    FoldedPanels* folded_ = nullptr;
    QDockWidget* runs_ = nullptr;
    QDockWidget* curves_ = nullptr;
    QDockWidget* bookmarks_ = nullptr;
    QHash<QDockWidget*, QWidget*> no_titles_; ///< stand in for the title bars of panels in the window
    QList<QDockWidget*> listed_; ///< those of panel_kinds()
    QList<QDockWidget*> shown_at_first_; ///< of those
    QHash<QDockWidget*, int> useful_heights_; ///< of those
};

} // namespace circuitloom::ui
