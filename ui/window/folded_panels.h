#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

class QDockWidget;
class QMainWindow;

namespace circuitloom::ui {

class DockSizes;

/// Where texts are so large that panels on all sides would leave the circuit no height, the panels
/// fold: those of one side and those below the circuit share one column as tabs, and those of the
/// other side go out of sight where the window is narrow. With smaller texts or a larger window
/// they stand where they stood. At the usual size of texts nothing folds, however small the window
/// is.
class FoldedPanels : public QObject
{
    Q_OBJECT

public:
    /// `column`: whose panels become tabs, from its first on. `others`: what goes out of sight.
    FoldedPanels(QMainWindow& window, DockSizes& sizes, QList<QDockWidget*> column,
        QList<QDockWidget*> others);

    /// What settings hold: how the panels stood before they folded, or nothing.
    QVariantMap before() const;
    /// The panels that were restored are folded, and stood so before.
    void set_before(const QVariantMap& before);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool wanted() const;
    void check_soon();
    void fold();
    void unfold();
    QStringList shown() const; ///< names of those that are not hidden

    QMainWindow& window_;
    DockSizes& sizes_;
    QList<QDockWidget*> column_;
    QList<QDockWidget*> others_;
    bool folded_ = false;
    QByteArray state_before_; ///< of the window
    QVariantMap sizes_before_;
    QStringList shown_folded_; ///< by the folding itself; the rest is the user's choice
};

} // namespace circuitloom::ui
