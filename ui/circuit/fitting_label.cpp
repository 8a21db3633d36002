#include "ui/circuit/fitting_label.h"

#include "ui/base/tip_text.h"

namespace circuitloom::ui {

FittingLabel::FittingLabel(QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    // The text must not decide how much room there is for it.
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void FittingLabel::set_wordings(const QStringList& wordings)
{
    wordings_ = wordings;
    choose();
}

void FittingLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    choose();
}

void FittingLabel::choose()
{
    QString chosen;
    for (const QString& wording : wordings_) {
        chosen = wording;
        if (fontMetrics().horizontalAdvance(wording) <= width())
            break;
    }
    const QString shown = fontMetrics().elidedText(chosen, Qt::ElideRight, width());
    setText(shown);
    // A tip of another's own, which says more, stays.
    if (toolTip().isEmpty() || toolTip() == whole_) {
        whole_ = wordings_.isEmpty() || shown == wordings_.front()
            ? QString()
            : tip_text(wordings_.front());
        setToolTip(whole_);
    }
}

} // namespace circuitloom::ui
