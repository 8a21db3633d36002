#include "ui/session/run_certainties.h"

#include "core/base/error.h"
#include "core/store/experiment_reader.h"
#include "ui/base/background.h"
#include "ui/base/file_path.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr qsizetype cached_edges = 1'000'000;
constexpr int piece = 24; // iterations

struct Piece
{
    std::vector<CertainEdges> of_each;
    std::string failure; ///< empty where there was none
};

Piece read_piece(const std::filesystem::path& file, RunId run, int from, int to)
{
    try {
        const ExperimentReader reader(file);
        Piece read;
        for (int iteration = from; iteration < to; ++iteration)
            read.of_each.push_back(reader.edge_certainties(run, { iteration }));
        return read;
    } catch (const Error& error) {
        return { {}, error.what() };
    }
}

} // namespace

RunCertainties::RunCertainties(QObject* parent)
    : QObject(parent)
    , edges_(cached_edges)
{
}

void RunCertainties::follow(const QString& file, RunId run, int iterations)
{
    if (file != file_ || run != run_) {
        file_ = file;
        run_ = run;
        edges_.clear();
        reading_ = false;
        broken_ = false;
        wanted_ = -1;
        ++generation_;
    }
    iterations_ = iterations;
}

RunCertainties::Edges RunCertainties::known(int iteration) const
{
    const Edges* found = edges_.object(iteration);
    return found ? *found : nullptr;
}

RunCertainties::Edges RunCertainties::want(int iteration)
{
    Edges found = known(iteration);
    if (found || broken_ || file_.isEmpty() || iteration < 0 || iteration >= iterations_)
        return found;
    wanted_ = iteration;
    if (!reading_)
        read(iteration);
    return nullptr;
}

void RunCertainties::read(int from)
{
    reading_ = true;
    const int to = std::min(from + piece, iterations_);
    in_background(
        this,
        [file = path_of(file_), run = run_, from, to] { return read_piece(file, run, from, to); },
        [this, from, generation = generation_](const Piece& read_now) {
            if (generation != generation_)
                return;
            reading_ = false;
            if (!read_now.failure.empty()) {
                broken_ = true;
                Q_EMIT failed(QString::fromStdString(read_now.failure));
                return;
            }
            int iteration = from;
            for (const CertainEdges& edges : read_now.of_each) {
                const qsizetype cost
                    = std::clamp<qsizetype>(std::ssize(edges), 1, cached_edges / (2 * piece));
                edges_.insert(
                    iteration++, new Edges(std::make_shared<const CertainEdges>(edges)), cost);
            }
            Q_EMIT arrived();
            const int next = std::exchange(wanted_, -1);
            if (next >= 0 && !reading_)
                want(next);
        });
}

} // namespace circuitloom::ui
