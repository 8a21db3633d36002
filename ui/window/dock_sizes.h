#pragma once

#include <QHash>
#include <QList>
#include <QMap>
#include <QObject>
#include <QVariantMap>

#include <optional>

class QDockWidget;
class QMainWindow;

namespace circuitloom::ui {

/// Keeps the sizes that the user gave to docks: where a window that became too small takes some of
/// that away, or a panel that was opened beside them, it is theirs again once there is room.
class DockSizes : public QObject
{
    Q_OBJECT

public:
    explicit DockSizes(QMainWindow& window);

    /// The dock's size towards the window's middle counts: its height at the top and the bottom, its
    /// width at the sides.
    void add(QDockWidget* dock);
    /// While this one of those that were added is in sight, at a side, its area has a width of its
    /// own: that of the window's middle, until the user chooses another.
    void add_as_wide_as_middle(QDockWidget* dock);
    /// As if the user had chosen it, in pixels.
    void set_size(QDockWidget* dock, int size);
    /// The sizes as settings hold them, from one start to the next: widths as they are at the usual
    /// size of texts, since they grow with it.
    QVariantMap sizes() const;
    void set_sizes(const QVariantMap& sizes);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Qt::Orientation direction_of(QDockWidget* dock) const;
    /// The width that the middle keeps, whatever the docks at its sides were given.
    int least_middle() const;
    /// While a line between two parts is dragged, no dock takes of that width.
    void hold_middle(bool held);
    /// What the docks have is what the user chose.
    void take();
    void give_back();
    int size_of(QDockWidget* dock) const;
    /// How the docks of each area share its length is as it was when the same ones were seen there
    /// last; where that is new, it is noted.
    void share_as_before();
    void note_shares();
    /// Those of an area that are seen, in front of others, from the top down or from left to right.
    QList<QDockWidget*> seen_in(Qt::DockWidgetArea area) const;
    /// What each has of its area's length.
    QList<int> lengths_of(const QList<QDockWidget*>& docks) const;
    /// What the docks of each area have, of those that are seen in it.
    QHash<Qt::DockWidgetArea, int> seen() const;
    /// What the size of an area is noted under: another one while a wide dock is in sight there.
    int noted_under(Qt::DockWidgetArea area) const;
    /// What a pixel of an area's size is noted as.
    static double noted_pixel(int place);
    /// What the docks of an area shall have, in pixels; without a value where they keep what they
    /// have.
    std::optional<int> wanted_in(Qt::DockWidgetArea area) const;

    QMainWindow& window_;
    QList<QDockWidget*> docks_;
    QList<QDockWidget*> wide_;
    QHash<int, double> wanted_; ///< as in sizes(); docks of an area stand in one column or row
    QMap<QString, QList<int>> shares_; ///< lengths, by the names of the docks that are seen
};

} // namespace circuitloom::ui
