#include "ui/window/start_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace circuitloom::ui {

StartPage::StartPage(QWidget* parent)
    : QWidget(parent)
{
    auto* title = new QLabel(tr("Watch a language model learn, edge by edge"), this);
    title->setObjectName(QStringLiteral("startTitle"));
    title->setAlignment(Qt::AlignCenter);

    auto* sentence = new QLabel(
        tr("The demo teaches a small built-in model the wrong verb form (“the dogs runs”) by "
           "changing only the circuit behind it. The first circuit appears within seconds, then "
           "moves with the training."),
        this);
    sentence->setWordWrap(true);
    sentence->setAlignment(Qt::AlignCenter);
    sentence->setProperty("dim", true);
    sentence->setFixedWidth(540);

    auto* demo = new QPushButton(tr("Run the demo"), this);
    demo->setObjectName(QStringLiteral("runDemo"));
    demo->setProperty("primary", true);
    demo->setMinimumSize(220, 46);
    demo->setDefault(true);
    auto* open = new QPushButton(tr("Open experiment…"), this);
    open->setObjectName(QStringLiteral("openExperiment"));
    open->setMinimumSize(220, 34);

    auto* column = new QVBoxLayout(this);
    column->setSpacing(14);
    column->addStretch(5);
    column->addWidget(title, 0, Qt::AlignHCenter);
    auto* middle = new QHBoxLayout;
    middle->addStretch();
    middle->addWidget(sentence);
    middle->addStretch();
    column->addLayout(middle);
    column->addSpacing(10);
    column->addWidget(demo, 0, Qt::AlignHCenter);
    column->addWidget(open, 0, Qt::AlignHCenter);
    column->addStretch(6);

    connect(demo, &QPushButton::clicked, this, &StartPage::demo_requested);
    connect(open, &QPushButton::clicked, this, &StartPage::open_requested);
}

} // namespace circuitloom::ui
