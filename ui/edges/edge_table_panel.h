#pragma once

#include "ui/base/found_rows.h"
#include "ui/edges/edge_table.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QTableView;

namespace circuitloom::ui {

/// The edges of the circuit that is shown, as a table: sorted by any column, searched by words
/// that the names of its ends have (`a2.h4 m3`), and selected together with the picture. Follows
/// the timeline while it is seen.
class EdgeTablePanel : public QWidget
{
    Q_OBJECT

public:
    EdgeTablePanel(PanelContext& context, QWidget* parent = nullptr);

    /// The selected rows, or all that the search leaves where none is, with a line of headings;
    /// cells between tabs.
    QString copied_text() const;

    QSize sizeHint() const override { return { 460, 300 }; }

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit_columns(const std::shared_ptr<const ComputationalGraph>& graph);
    void refresh_soon();
    void refresh();
    void take_selection();
    void give_selection();
    void show_count();

    PanelContext& context_;
    EdgeTable edges_;
    FoundRows found_;
    QLineEdit* search_;
    QTableView* table_;
    QLabel* count_;
    QTimer timer_;
    std::weak_ptr<const ComputationalGraph> fitted_to_; ///< whose names the columns fit
    bool taking_selection_ = false;
    bool rows_leave_ = false; ///< the table, at this moment
};

} // namespace circuitloom::ui
