#pragma once

#include <QLineEdit>
#include <QPointer>
#include <QPropertyAnimation>
#include <QStringList>

class QStringListModel;

namespace circuitloom::ui {

/// The line in which names of nodes and edges are looked for. It also shows the name of what is
/// selected, and offers names that go on from what is typed.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(QWidget* parent = nullptr);

    /// Takes the focus; typing replaces what is there.
    void begin();
    /// The name of what is selected now.
    void show_name(const QString& name);
    void set_completions(const QStringList& names);
    void show_found();
    /// There is nothing of that name: the line turns red and, unless motion is reduced, shakes, and
    /// a tip below it says why.
    void show_not_found(const QString& why);
    void set_reduced_motion(bool reduced) { reduced_motion_ = reduced; }

Q_SIGNALS:
    void search_requested(const QString& text);
    /// Something was typed; set_completions() is the answer.
    void completions_wanted(const QString& typed);

protected:
    void focusInEvent(QFocusEvent* event) override;

private:
    void set_invalid(bool invalid);
    void shake();

    QStringListModel* names_;
    QPointer<QPropertyAnimation> shake_; ///< while it shakes
    bool reduced_motion_ = false;
};

} // namespace circuitloom::ui
