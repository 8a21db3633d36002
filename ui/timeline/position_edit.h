#pragma once

#include <QLineEdit>

#include <optional>

namespace circuitloom::ui {

/// A place in a run as somebody types it.
struct TypedPosition
{
    bool is_step = false; ///< an optimizer step; an iteration otherwise
    int number = 0;
    bool operator==(const TypedPosition&) const = default;
};

/// "46" is an iteration, "s120" or "step 120" a step. Empty where `text` is neither.
std::optional<TypedPosition> typed_position(const QString& text);

/// The number of the iteration that is shown, which can be typed over. Return goes there, Escape
/// brings the number back; both leave the field. What the run does not have is marked as typed.
class PositionEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit PositionEdit(QWidget* parent = nullptr);

    /// What the run has; `last_iteration` is -1 where it has no iterations.
    void set_range(int last_iteration, int first_step, int last_step);
    /// Shown unless something else is being typed.
    void set_iteration(int iteration);
    /// Takes the focus and selects the number.
    void begin_typing();

Q_SIGNALS:
    void iteration_requested(int iteration);
    void step_requested(int step);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    /// Why `text` leads nowhere; empty where it leads somewhere.
    QString objection(const QString& text) const;
    void show_validity(bool valid);
    void go();
    void leave();

    int iteration_ = -1;
    int last_iteration_ = -1;
    int first_step_ = 0;
    int last_step_ = 0;
};

} // namespace circuitloom::ui
