#pragma once

#include <QFrame>

class QLabel;

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
    QString text() const;

private:
    void show_text(const QString& sentence, bool error);

    QLabel* text_;
};

} // namespace circuitloom::ui
