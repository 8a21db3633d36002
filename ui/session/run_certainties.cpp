#include "ui/session/run_certainties.h"

#include "core/store/experiment_reader.h"
#include "ui/base/background.h"
#include "ui/base/file_path.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr qsizetype cached_edges = 1'000'000;
constexpr int piece = 24; // iterations

std::vector<CertainEdges> read_piece(
    const std::filesystem::path& file, RunId run, int from, int to)
{
    const ExperimentReader reader(file);
    std::vector<CertainEdges> of_each;
    for (int iteration = from; iteration < to; ++iteration)
        of_each.push_back(reader.edge_certainties(run, { iteration }));
    return of_each;
}

} // namespace

RunCertainties::RunCertainties(QObject* parent)
    : QObject(parent)
    , edges_(cached_edges)
{
}

void RunCertainties::follow(const QString& file, const RunHistory* run)
{
    if (!run_.follow(file, run))
        return;
    edges_.clear();
    reading_ = false;
    broken_ = false;
    wanted_ = -1;
    ++generation_;
}

RunCertainties::Edges RunCertainties::known(int iteration) const
{
    const Edges* found = edges_.object(iteration);
    return found ? *found : nullptr;
}

RunCertainties::Edges RunCertainties::want(int iteration)
{
    Edges found = known(iteration);
    if (found || broken_ || iteration < 0 || iteration >= run_.iterations())
        return found;
    wanted_ = iteration;
    if (!reading_)
        read(iteration);
    return nullptr;
}

void RunCertainties::read(int from)
{
    reading_ = true;
    const int to = std::min(from + piece, run_.iterations());
    in_background(
        this,
        [file = path_of(run_.file()), run = run_.id(), from, to] {
            return read_piece(file, run, from, to);
        },
        [this, from, generation = generation_](const std::vector<CertainEdges>& of_each) {
            if (generation != generation_)
                return;
            reading_ = false;
            int iteration = from;
            for (const CertainEdges& edges : of_each) {
                const qsizetype cost
                    = std::clamp<qsizetype>(std::ssize(edges), 1, cached_edges / 2 / piece);
                edges_.insert(
                    iteration++, new Edges(std::make_shared<const CertainEdges>(edges)), cost);
            }
            Q_EMIT arrived();
            const int next = std::exchange(wanted_, -1);
            if (next >= 0 && !reading_)
                want(next);
        },
        [this, generation = generation_](const QString& sentence) {
            if (generation != generation_)
                return;
            reading_ = false;
            broken_ = true;
            Q_EMIT failed(sentence);
        });
}

} // namespace circuitloom::ui
