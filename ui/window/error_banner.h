#pragma once

#include <QFrame>
#include <QStringList>

class QAction;
class QLabel;
class QTimer;
class QToolButton;

namespace circuitloom::ui {

/// A line above the circuit that says what went wrong and stays until dismissed; it blocks nothing.
/// A notice that offers nothing goes away by itself. Screen readers are told every sentence.
class ErrorBanner : public QFrame
{
    Q_OBJECT

public:
    explicit ErrorBanner(QWidget* parent = nullptr);

    void show_error(const QString& sentence);
    /// The same with a button that copies `details`.
    void show_failure(const QString& sentence, const QString& details);
    /// Something that went well and is worth a word.
    void show_notice(const QString& sentence);
    /// The same with a button that does `action`.
    void show_notice(const QString& sentence, QAction* action);
    QString text() const;
    /// The errors shown last, at most five, the newest at the end.
    const QStringList& last_errors() const { return errors_; }

private:
    void show_action(QAction& action);
    void show_text(const QString& sentence, bool error);
    void announce(const QString& sentence, bool error);

    QStringList errors_;
    QLabel* text_;
    QToolButton* act_;
    QAction* copy_details_;
    QTimer* away_; ///< hides a notice that offers nothing
};

} // namespace circuitloom::ui
