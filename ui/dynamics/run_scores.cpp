#include "ui/dynamics/run_scores.h"

#include "ui/base/background.h"
#include "ui/base/file_path.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int block_size = 256; // iterations

struct Blocks
{
    std::shared_ptr<const ScoreBlock> edges;
    std::shared_ptr<const ScoreBlock> nodes;
};

Blocks read_blocks(const std::filesystem::path& file, RunId run, const ComputationalGraph& graph,
    const Components& components, int from, int to)
{
    const std::vector<Circuit> circuits
        = ExperimentReader(file).circuits(run, IterationIndex{ from }, IterationIndex{ to });
    return { std::make_shared<const ScoreBlock>(ScoreBlock::of_edges(from, circuits)),
        std::make_shared<const ScoreBlock>(
            ScoreBlock::of_components(graph, components, from, circuits)) };
}

} // namespace

void RunScores::follow(const QString& file, const RunHistory* run)
{
    const bool another = run_.follow(file, run);
    if (another)
        forget();
    const std::size_t before = records_.size();
    if (run)
        records_.insert(records_.end(),
            run->iterations.begin() + static_cast<std::ptrdiff_t>(before), run->iterations.end());
    if (another || records_.size() != before)
        Q_EMIT changed();
    read_on();
}

// The run that is followed already is another one.
void RunScores::forget()
{
    ++generation_;
    components_ = graph() ? std::make_shared<const Components>(*graph()) : nullptr;
    records_.clear();
    edges_.clear();
    nodes_.clear();
    reading_ = false;
}

void RunScores::want()
{
    wanted_ = true;
    read_on();
}

void RunScores::read_on()
{
    if (!wanted_ || reading_ || !graph() || complete())
        return;
    reading_ = true;
    // A last block that has room is read again, with what came since.
    const bool fill = !edges_.empty() && edges_.back()->end() - edges_.back()->first() < block_size;
    const int from = fill ? edges_.back()->first() : iterations();
    const int to = std::min(from + block_size, static_cast<int>(records_.size())) - 1;
    const int generation = generation_;
    in_background(
        this,
        [file = path_of(file()), run = run(), graph = graph(), components = components_, from, to] {
            return read_blocks(file, run, *graph, *components, from, to);
        },
        [this, generation, fill](const Blocks& read) {
            if (generation != generation_)
                return;
            reading_ = false;
            const bool grew = read.edges->end() > iterations();
            if (fill) {
                edges_.pop_back();
                nodes_.pop_back();
            }
            edges_.push_back(read.edges);
            nodes_.push_back(read.nodes);
            Q_EMIT changed();
            if (grew)
                read_on();
        },
        [this, generation](const QString& sentence) {
            if (generation != generation_)
                return;
            reading_ = false;
            wanted_ = false;
            Q_EMIT failed(sentence);
        });
}

int RunScores::step(int iteration) const
{
    return iteration >= 0 && iteration < static_cast<int>(records_.size())
        ? records_[static_cast<std::size_t>(iteration)].step
        : 0;
}

QString RunScores::edge_name(EdgeId edge) const
{
    return graph() ? QString::fromStdString(graph()->edge_name(edge)) : QString();
}

QString RunScores::node_name(ComponentId node) const
{
    return components_ ? QString::fromStdString(components_->name(node)) : QString();
}

} // namespace circuitloom::ui
