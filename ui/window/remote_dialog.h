#pragma once

#include <QDialog>
#include <QString>
#include <QStringList>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace circuitloom::ui {

/// Asks for a file on another machine: the host as ssh knows it, and the path there, or one of those
/// that were opened before.
class RemoteDialog : public QDialog
{
    Q_OBJECT

public:
    explicit RemoteDialog(const QStringList& recent, QWidget* parent = nullptr);

    /// As in ssh://host/path/run.loom.
    QString address() const;

private:
    void take_recent(const QString& address);
    void check();

    QComboBox* recent_;
    QLineEdit* host_;
    QLineEdit* path_;
    QLabel* problem_;
    QPushButton* open_;
};

} // namespace circuitloom::ui
