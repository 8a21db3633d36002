#include "ui/session/circuit_pieces.h"

#include "core/store/experiment_reader.h"
#include "ui/base/background.h"
#include "ui/base/file_path.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int piece = 128; // iterations; taking so many circuits of 1,000 edges takes some 4 ms

} // namespace

CircuitPieces::CircuitPieces(Taker take, QObject* parent)
    : QObject(parent)
    , take_(std::move(take))
{
}

bool CircuitPieces::follow(const QString& file, const RunHistory* run)
{
    const bool another = run_.follow(file, run);
    if (another) {
        taken_ = 0;
        reading_ = false;
        ++generation_;
    }
    read_on();
    return another;
}

void CircuitPieces::want()
{
    wanted_ = true;
    read_on();
}

void CircuitPieces::begin_again()
{
    taken_ = 0;
    reading_ = false;
    ++generation_;
    want();
}

void CircuitPieces::read_on()
{
    if (!wanted_ || reading_ || run_.file().isEmpty() || complete())
        return;
    reading_ = true;
    const int from = taken_;
    const int to = std::min(from + piece, run_.iterations()) - 1;
    in_background(
        this,
        [file = path_of(run_.file()), run = run_.id(), from, to] {
            return ExperimentReader(file).circuits(
                run, IterationIndex{ from }, IterationIndex{ to });
        },
        [this, generation = generation_](const std::vector<Circuit>& circuits) {
            if (generation != generation_)
                return;
            reading_ = false;
            if (circuits.empty())
                return; // The file has fewer than was said; more may come as the run grows.
            taken_ += static_cast<int>(circuits.size());
            take_(circuits);
            read_on();
        },
        [this, generation = generation_](const QString& sentence) {
            if (generation != generation_)
                return;
            reading_ = false;
            wanted_ = false;
            Q_EMIT failed(sentence);
        });
}

} // namespace circuitloom::ui
