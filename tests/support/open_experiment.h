#pragma once

#include "ui/session/experiment_session.h"

#include <QSignalSpy>
#include <QTest>

namespace circuitloom::testing {

inline constexpr int opening_patience = 60'000; ///< milliseconds, for a busy machine

/// Opens a file and waits until all that was asked for has been read. False where it could not be
/// opened.
inline bool open_and_wait(ui::ExperimentSession& session, const QString& file)
{
    const QSignalSpy opened(&session, &ui::ExperimentSession::opened);
    session.open(file);
    return QTest::qWaitFor([&] { return !session.reading(); }, opening_patience)
        && !opened.isEmpty();
}

/// The same by the window, which is asked whether the file may be left.
template <class Window>
bool open_in_window(Window& window, const QString& file)
{
    const QSignalSpy opened(&window.session(), &ui::ExperimentSession::opened);
    return window.open_file(file)
        && QTest::qWaitFor([&] { return !window.session().reading(); }, opening_patience)
        && !opened.isEmpty();
}

} // namespace circuitloom::testing
