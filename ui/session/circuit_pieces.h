#pragma once

#include "core/graph/circuit.h"
#include "ui/session/followed_run.h"

#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace circuitloom::ui {

/// Reads all circuits of one run from its file, in order, a piece at a time, in the background and
/// only once somebody wants them; and goes on as the run grows. For the window's thread.
class CircuitPieces : public QObject
{
    Q_OBJECT

public:
    using Taker = std::function<void(const std::vector<Circuit>&)>;
    /// `take` gets the circuits of the iterations that follow those it got before.
    CircuitPieces(Taker take, QObject* parent);

    /// `run` of `file` is to be read as far as it is known by now; null for none. True where that is
    /// another run than before, or the same one written anew: its circuits come from the first one on.
    bool follow(const QString& file, const RunHistory* run);
    /// Begins to read, or reads on, where that was never asked for before.
    void want();
    /// All circuits come once more, from the first one on.
    void begin_again();
    /// How many were given to the taker.
    int taken() const { return taken_; }
    /// There are none that the taker has not had.
    bool complete() const { return taken_ >= run_.iterations(); }

Q_SIGNALS:
    /// Nothing more is read until want() or begin_again(). A sentence for the user.
    void failed(const QString& sentence);

private:
    void read_on();

    Taker take_;
    FollowedRun run_;
    int taken_ = 0;
    bool wanted_ = false;
    bool reading_ = false;
    int generation_ = 0; ///< drops what was read of a run that is no longer followed
};

} // namespace circuitloom::ui
