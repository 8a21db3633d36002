#include "ui/session/run_ages.h"

#include "core/base/error.h"
#include "core/store/experiment_reader.h"
#include "ui/base/background.h"
#include "ui/base/file_path.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr int piece = 128; // iterations; adding so many circuits of 1,000 edges takes some 4 ms

struct Piece
{
    std::vector<Circuit> circuits;
    std::string failure; ///< empty where there was none
};

Piece read_piece(const std::filesystem::path& file, RunId run, int from, int to)
{
    try {
        return { ExperimentReader(file).circuits(run, IterationIndex{ from }, IterationIndex{ to }),
            {} };
    } catch (const Error& error) {
        return { {}, error.what() };
    }
}

} // namespace

void RunAges::follow(const QString& file, RunId run, int iterations)
{
    if (file != file_ || run != run_) {
        file_ = file;
        run_ = run;
        ages_ = {};
        reading_ = false;
        ++generation_;
    }
    iterations_ = iterations;
    read_on();
}

void RunAges::want()
{
    wanted_ = true;
    read_on();
}

void RunAges::read_on()
{
    const int from = ages_.iterations();
    if (!wanted_ || reading_ || file_.isEmpty() || from >= iterations_)
        return;
    reading_ = true;
    const int to = std::min(from + piece, iterations_) - 1;
    in_background(
        this,
        [file = path_of(file_), run = run_, from, to] { return read_piece(file, run, from, to); },
        [this, generation = generation_](const Piece& read) {
            if (generation != generation_)
                return;
            reading_ = false;
            if (!read.failure.empty()) {
                wanted_ = false;
                Q_EMIT failed(QString::fromStdString(read.failure));
                return;
            }
            for (const Circuit& circuit : read.circuits)
                ages_.add(circuit);
            Q_EMIT grown();
            read_on();
        });
}

} // namespace circuitloom::ui
