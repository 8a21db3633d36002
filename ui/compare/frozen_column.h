#pragma once

#include <QTableView>

namespace circuitloom::ui {

/// Keeps a table's first column in sight, however far the table is scrolled to the right: the same
/// column once more, over the table's own. It is seen alone, and takes neither focus nor keys; a
/// click in it is one in the table.
class FrozenColumn : public QTableView
{
    Q_OBJECT

public:
    /// A child of `table`, whose model must be there.
    explicit FrozenColumn(QTableView& table);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow();

    QTableView& table_;
};

} // namespace circuitloom::ui
