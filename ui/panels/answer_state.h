#pragma once

#include <QLabel>

namespace circuitloom::ui {

/// The line under what a model was asked: why it has no answer, with a way to ask again, or what
/// else there is to say.
class AnswerState : public QLabel
{
    Q_OBJECT

public:
    explicit AnswerState(QWidget* parent);

    /// Plain texts. `failure` comes first; hidden where both are empty.
    void show_state(const QString& failure, const QString& otherwise);

Q_SIGNALS:
    void again_requested();

protected:
    void focusInEvent(QFocusEvent* event) override;
};

/// The first text that is not empty: what is being done, or that something is asked.
QString waiting_text(const QString& progress, bool open);

} // namespace circuitloom::ui
