#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QSpinBox;

namespace circuitloom::ui {

/// Asks how many processes of this computer share a run, and says what that means for it.
class ProcessesBox : public QWidget
{
    Q_OBJECT

public:
    explicit ProcessesBox(QWidget* parent = nullptr);

    /// 1 while none but one can be chosen.
    int processes() const;
    /// Why it can be one alone; empty where there may be several.
    void set_obstacle(const QString& obstacle);

Q_SIGNALS:
    void edited();

private:
    void show_sentence();

    QSpinBox* number_;
    QLabel* sentence_;
    QString obstacle_;
};

} // namespace circuitloom::ui
