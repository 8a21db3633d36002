#include "ui/session/run_circuits.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr qsizetype cached_edges = 4'000'000;
constexpr qsizetype largest_cost = cached_edges / 8; // what is shown together always fits
constexpr int circuits_ahead = 24;

using Circuits = std::vector<std::pair<int, Circuit>>;

} // namespace

RunCircuits::RunCircuits(FileReader& reader)
    : reader_(reader)
    , circuits_(cached_edges)
{
}

void RunCircuits::follow(OpenFile file, RunId run, int iterations)
{
    forget();
    file_ = file;
    run_ = run;
    count_ = iterations;
    last_wanted_ = 0;
}

void RunCircuits::forget()
{
    ++generation_;
    circuits_.clear();
    count_ = 0;
}

void RunCircuits::keep(int iteration, Circuit circuit)
{
    const qsizetype cost = std::clamp<qsizetype>(std::ssize(circuit), 1, largest_cost);
    circuits_.insert(iteration, new Circuit(std::move(circuit)), cost);
}

const Circuit* RunCircuits::known(int iteration) const
{
    return circuits_.object(iteration);
}

bool RunCircuits::want(const std::vector<int>& iterations)
{
    std::vector<int> missing;
    for (const int iteration : iterations)
        if (!circuits_.contains(iteration))
            missing.push_back(iteration);
    if (!missing.empty())
        reader_.read_newest(file_, reading_of(missing, true),
            [this, generation = generation_](const QString& sentence) {
                if (generation == generation_)
                    Q_EMIT failed(sentence);
            });
    if (!iterations.empty())
        reader_.read_when_idle(file_, readings_ahead(iterations.front()));
    return missing.empty();
}

FileReader::Reading RunCircuits::reading_of(std::vector<int> iterations, bool wanted)
{
    return [this, generation = generation_, run = run_, iterations = std::move(iterations), wanted](
               const ExperimentReader& reader) -> FileReader::Delivery {
        Circuits read;
        for (const int iteration : iterations)
            read.emplace_back(iteration, reader.circuit(run, IterationIndex{ iteration }));
        return [this, generation, read = std::move(read), wanted] {
            if (generation != generation_)
                return;
            for (const auto& [iteration, circuit] : read)
                keep(iteration, circuit);
            if (wanted)
                Q_EMIT arrived();
        };
    };
}

std::vector<FileReader::Reading> RunCircuits::readings_ahead(int from)
{
    const bool back = from < std::exchange(last_wanted_, from) || from + 1 >= count_;
    const int direction = back ? -1 : 1;
    std::vector<int> ahead;
    for (int i = 1; i <= circuits_ahead; ++i)
        ahead.push_back(from + direction * i);
    ahead.push_back(from - direction); // one step back
    ahead.push_back(0); // where the start is compared with, or gone to
    std::vector<FileReader::Reading> readings;
    for (const int iteration : ahead)
        if (iteration >= 0 && iteration < count_ && !circuits_.contains(iteration))
            readings.push_back(reading_of({ iteration }, false));
    return readings;
}

} // namespace circuitloom::ui
