#pragma once

#include "ui/panels/panel_context.h"
#include "ui/tryit/next_word_bars.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;

namespace circuitloom::ui {

/// A sentence of the user's, and what the model would say next: at the iteration that is shown, and
/// before the run began. It follows the timeline; the line under the field says of which step its
/// figures are.
class TryItPanel : public QWidget
{
    Q_OBJECT

public:
    explicit TryItPanel(PanelContext& context, QWidget* parent = nullptr);

    void set_text(const QString& text);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void ask();
    void ask_for(
        const QString& asker, const RunMoment& moment, std::optional<NextTokenAnswer>& place);
    void show_answers();
    void say(const QString& sentence);

    PanelContext& context_;
    QLineEdit* text_;
    QLabel* state_;
    NextWordBars* bars_;
    QTimer wait_; ///< until typing and scrubbing rest for a moment
    QString asked_text_; ///< of the answers
    std::optional<ShownPlace> asked_of_; ///< likewise
    std::optional<NextTokenAnswer> now_;
    std::optional<NextTokenAnswer> start_;
};

} // namespace circuitloom::ui
