#include "ui/dialogs/start_line.h"

#include "ui/base/tip_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace circuitloom::ui {

StartLine::StartLine(QWidget* parent)
    : QWidget(parent)
    , problem_(new QLabel(this))
    , warning_(new QLabel(this))
    , start_(new QPushButton(tr("Start"), this))
{
    problem_->setObjectName(QStringLiteral("problem"));
    problem_->setProperty("error", true);
    warning_->setObjectName(QStringLiteral("warning"));
    // Room for two lines at all times: nothing moves when there is something to say.
    auto* sayings = new QWidget(this);
    sayings->setMinimumHeight(2 * problem_->fontMetrics().lineSpacing() + 4);
    auto* said = new QVBoxLayout(sayings);
    said->setContentsMargins(0, 0, 0, 0);
    for (QLabel* label : { problem_, warning_ }) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        said->addWidget(label);
    }
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    start_->setObjectName(QStringLiteral("startRun"));
    start_->setProperty("primary", true);
    start_->setDefault(true);
    connect(start_, &QPushButton::clicked, this, &StartLine::start_clicked);
    connect(cancel, &QPushButton::clicked, this, &StartLine::cancel_clicked);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(10);
    line->addWidget(sayings, 1);
    line->addWidget(cancel);
    line->addWidget(start_);
}

void StartLine::show_problem(const QString& problem, const QString& warning)
{
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
    warning_->setText(problem.isEmpty() ? warning : QString());
    warning_->setVisible(!warning_->text().isEmpty());
    start_->setEnabled(problem.isEmpty());
    start_->setToolTip(tip_text(problem));
}

void StartLine::set_start_text(const QString& text)
{
    start_->setText(text);
}

} // namespace circuitloom::ui
