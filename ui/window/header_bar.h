#pragma once

#include <QWidget>

class QLabel;
class QMenuBar;

namespace circuitloom::ui {

/// The window's top line: the program's name, the menus, the experiment's name, and what the
/// engine is doing.
class HeaderBar : public QWidget
{
    Q_OBJECT

public:
    explicit HeaderBar(QWidget* parent = nullptr);

    QMenuBar* menus() const { return menus_; }
    void set_file_name(const QString& name);
    void set_status(const QString& status);

private:
    QMenuBar* menus_;
    QLabel* file_name_;
    QLabel* status_;
};

} // namespace circuitloom::ui
