#include "ui/window/device_note.h"

#include "core/run/compute_devices.h"
#include "ui/session/experiment_session.h"
#include "ui/window/header_bar.h"

#include <QTimer>

#include <chrono>
#include <variant>

namespace circuitloom::ui {

namespace {

constexpr std::chrono::seconds between_questions{ 3 };

} // namespace

void keep_devices_noted(ExperimentSession& session, HeaderBar& header)
{
    auto* rest = new QTimer(&header);
    rest->setSingleShot(true);
    rest->setInterval(between_questions);
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
