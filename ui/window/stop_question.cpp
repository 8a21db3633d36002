#include "ui/window/stop_question.h"

#include "ui/session/experiment_session.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace circuitloom::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(StopQuestion)
};

QString question_about(const ExperimentSession& session)
{
    QString question = session.processes() > 1
        ? Words::tr(
            "%1 processes share the run in training. They can go on without this window, and the "
            "run is shown when its file is opened again; or they stop, and the run can go on from "
            "there.")
              .arg(session.processes())
        : Words::tr(
            "Stop the run in training? What it has written stays in its file, and it can go on "
            "from there.");
    const auto waiting = session.waiting().size();
    if (waiting > 0)
        question += u' '
            + Words::tr("The %n run(s) that wait(s) is/are there again when this file is opened.",
                nullptr, static_cast<int>(waiting));
    return question;
}

} // namespace

bool may_leave_run(QWidget& window, ExperimentSession& session)
{
    if (!session.training())
        return true;
    QMessageBox box(QMessageBox::Question, Words::tr("A run is in training"),
        question_about(session), QMessageBox::Yes | QMessageBox::Cancel, &window);
    box.button(QMessageBox::Yes)->setText(Words::tr("&Stop the run"));
    box.setDefaultButton(QMessageBox::Cancel);
    const QAbstractButton* go_on = session.processes() > 1
        ? box.addButton(Words::tr("&Let it go on"), QMessageBox::AcceptRole)
        : nullptr;
    const bool stops = box.exec() == QMessageBox::Yes;
    const bool goes_on = go_on && box.clickedButton() == go_on;
    if (goes_on)
        session.leave_running();
    return stops || goes_on;
}

} // namespace circuitloom::ui
