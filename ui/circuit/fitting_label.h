#pragma once

#include <QLabel>
#include <QStringList>

namespace circuitloom::ui {

/// A line of text in the longest of several wordings for which there is room.
class FittingLabel : public QLabel
{
    Q_OBJECT

public:
    explicit FittingLabel(QWidget* parent = nullptr);

    /// The longest first. Where none fits the last is shown with an ellipsis. What is not the
    /// longest has that as its tooltip, unless it has another.
    void set_wordings(const QStringList& wordings);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void choose();

    QStringList wordings_;
    QString whole_; ///< the tooltip of this label's own making
};

} // namespace circuitloom::ui
