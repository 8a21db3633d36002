#include "ui/window/device_note.h"

#include "core/run/compute_devices.h"
#include "ui/session/experiment_session.h"
#include "ui/window/header_bar.h"

#include <QTimer>

#include <variant>

namespace circuitloom::ui {

void keep_devices_noted(
    ExperimentSession& session, HeaderBar& header, std::chrono::milliseconds pause)
{
    auto* rest = new QTimer(&header);
    rest->setSingleShot(true);
    rest->setInterval(pause);
    const auto ask = [&session, rest] {
        if (rest->isActive())
            return;
        rest->start();
        session.ask(QStringLiteral("devices"), DevicesQuestion{});
    };
    QObject::connect(&header, &HeaderBar::devices_wanted, rest, ask);
    // Also what others asked, such as the dialog for a new run: it is as true of the header.
    QObject::connect(&session, &ExperimentSession::question_answered, &header,
        [&header](QuestionId, const Answer& answer) {
            if (const auto* devices = std::get_if<Devices>(&answer))
                header.set_devices(*devices);
        });
    ask();
}

} // namespace circuitloom::ui
