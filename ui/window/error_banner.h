#pragma once

#include <QFrame>

class QAction;
class QLabel;
class QToolButton;

namespace circuitloom::ui {

/// A line above the circuit that says what went wrong and stays until dismissed; it blocks nothing.
class ErrorBanner : public QFrame
{
    Q_OBJECT

public:
    explicit ErrorBanner(QWidget* parent = nullptr);

    void show_error(const QString& sentence);
    /// Something that went well and is worth a word.
    void show_notice(const QString& sentence);
    /// The same with a button that does `action`.
    void show_notice(const QString& sentence, QAction* action);
    QString text() const;

private:
    void show_text(const QString& sentence, bool error);

    QLabel* text_;
    QToolButton* act_;
};

} // namespace circuitloom::ui
