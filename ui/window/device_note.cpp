#include "ui/window/device_note.h"

#include "core/run/compute_devices.h"
#include "ui/session/experiment_session.h"
#include "ui/window/header_bar.h"

#include <variant>

namespace circuitloom::ui {

DeviceNote::DeviceNote(ExperimentSession& session, HeaderBar& header)
    : QObject(&header)
{
    const auto ask = [&session] { session.ask(QStringLiteral("devices"), DevicesQuestion{}); };
    connect(&header, &HeaderBar::devices_wanted, this, ask);
    // Also what others asked, such as the dialog for a new run: it is as true of the header.
    connect(&session, &ExperimentSession::question_answered, this,
        [&header](QuestionId, const Answer& answer) {
            if (const auto* devices = std::get_if<Devices>(&answer))
                header.set_devices(*devices);
        });
    ask();
}

} // namespace circuitloom::ui
