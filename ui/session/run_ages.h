#pragma once

#include "core/analysis/edge_ages.h"
#include "ui/session/circuit_pieces.h"

#include <QObject>
#include <QString>

namespace circuitloom::ui {

/// How old the edges of every iteration of one run are: read from its file in the background, a
/// piece at a time, and only once that is wanted.
class RunAges : public QObject
{
    Q_OBJECT

public:
    explicit RunAges(QObject* parent = nullptr);

    /// `run` of `file` is to be read as far as it is known by now; null for none.
    void follow(const QString& file, const RunHistory* run);
    /// Begins to read, or reads on, where that was never asked for before.
    void want() { pieces_.want(); }

    /// What is known so far.
    const EdgeAges& known() const { return ages_; }

Q_SIGNALS:
    /// More is known than before.
    void grown();
    void failed(const QString& sentence);

private:
    CircuitPieces pieces_;
    EdgeAges ages_;
};

} // namespace circuitloom::ui
