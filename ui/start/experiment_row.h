#pragma once

#include "ui/start/experiment_card.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace circuitloom::ui {

inline constexpr QSize card_picture_size{ 128, 80 };

/// One experiment of the start page: its picture, what it is called, what is in it, and what can be
/// done with it.
class ExperimentRow : public QFrame
{
    Q_OBJECT

public:
    explicit ExperimentRow(QWidget* parent = nullptr);

    void show_card(const ExperimentCard& card);
    const ExperimentCard& card() const { return card_; }

Q_SIGNALS:
    void open_requested();
    void go_on_requested();
    void name_requested();
    void delete_requested();

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    QPushButton* add_button(const char* name, const QString& text, void (ExperimentRow::*asks)());

    ExperimentCard card_;
    QLabel* picture_;
    QPushButton* title_;
    QLabel* details_;
    QPushButton* go_on_;
    QPushButton* name_;
    QPushButton* delete_;
};

} // namespace circuitloom::ui
