#include "ui/session/run_ages.h"

namespace circuitloom::ui {

RunAges::RunAges(QObject* parent)
    : QObject(parent)
    , pieces_(
          [this](const std::vector<Circuit>& circuits) {
              for (const Circuit& circuit : circuits)
                  ages_.add(circuit);
              Q_EMIT grown();
          },
          this)
{
    connect(&pieces_, &CircuitPieces::failed, this, &RunAges::failed);
}

void RunAges::follow(const QString& file, const RunHistory* run)
{
    if (pieces_.follow(file, run))
        ages_ = {};
}

} // namespace circuitloom::ui
