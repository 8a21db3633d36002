#pragma once

#include "core/run/compute_devices.h"

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
    /// Where the file comes from and how that goes, behind its name; empty for a local one.
    void set_source(const QString& source);
    void set_status(const QString& status);
    /// What can be computed on: told where one points at the status, and to screen readers.
    void set_devices(const Devices& devices);
    /// What set_devices() told, in lines; empty while that is not known.
    QString devices() const;

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    /// The user points at the status: how much memory is free may be another than before.
    void devices_wanted();

private:
    void show_file();

    QString name_;
    QString source_;
    QMenuBar* menus_;
    QLabel* file_name_;
    QLabel* status_;
};

} // namespace circuitloom::ui
