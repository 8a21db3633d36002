#include "ui/dialogs/processes_box.h"

#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/wheel_guard.h"

#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

constexpr int most = 64; // a desktop's; further ones are started by hand

} // namespace

ProcessesBox::ProcessesBox(QWidget* parent)
    : QWidget(parent)
    , number_(new QSpinBox(this))
    , sentence_(dim_label(this))
{
    number_->setObjectName(QStringLiteral("processes"));
    number_->setRange(1, most);
    number_->setAccessibleName(tr("Number of processes"));
    install_wheel_guard(*number_);
    sentence_->setObjectName(QStringLiteral("processesSentence"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(number_, 0, Qt::AlignLeft);
    column->addWidget(sentence_);
    setFocusProxy(number_);
    connect(number_, &QSpinBox::valueChanged, this, [this] {
        show_sentence();
        Q_EMIT edited();
    });
    show_sentence();
}

int ProcessesBox::processes() const
{
    return obstacle_.isEmpty() ? number_->value() : 1;
}

void ProcessesBox::set_obstacle(const QString& obstacle)
{
    obstacle_ = obstacle;
    number_->setEnabled(obstacle.isEmpty());
    show_sentence();
}

void ProcessesBox::show_sentence()
{
    if (!obstacle_.isEmpty())
        sentence_->setText(obstacle_);
    else if (number_->value() == 1)
        sentence_->setText(tr("This program computes by itself."));
    else
        sentence_->setText(
            tr("%1 processes share every batch, each with a copy of the model and its part of the "
               "processor or a card of its own: the same circuits. The run can be stopped but not "
               "paused, and can go on when the window is closed.")
                .arg(number_->value()));
}

} // namespace circuitloom::ui
