#pragma once

#include <QWidget>

class QComboBox;
class QLabel;

namespace circuitloom::ui {

/// Lets the user choose where a run computes: on the host whose file is open, or on this computer.
class PlaceBox : public QWidget
{
    Q_OBJECT

public:
    explicit PlaceBox(QWidget* parent = nullptr);

    void set_host(const QString& host);
    /// `line` is how the line to the host is.
    void show_line(const QString& line);
    void choose(bool there);
    bool there() const;

Q_SIGNALS:
    void place_chosen(bool there);

private:
    void show_sentence();

    QString host_;
    QString line_;
    QComboBox* box_;
    QLabel* sentence_;
};

} // namespace circuitloom::ui
