#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace circuitloom::ui {

/// The bar in which a text is looked for in a document, or in all of them: what is looked for, the
/// places before and after, and how many there are. Return and Shift+Return in the line ask for the
/// next place and the one before.
class FindBar : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(QWidget* parent = nullptr);

    /// Shows itself and takes the focus; typing replaces what is there.
    void begin();
    QString text() const;
    bool in_all() const;
    /// What there is of the text, in words; `found` is false where there is nothing of it.
    void show_result(const QString& sentence, bool found);

Q_SIGNALS:
    void typed();
    void step_requested(bool forward);
    void all_changed();
    void close_requested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QLineEdit* line_;
    QCheckBox* all_;
    QLabel* result_;
};

} // namespace circuitloom::ui
