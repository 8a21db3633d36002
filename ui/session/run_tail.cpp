#include "ui/session/run_tail.h"

#include <iterator>
#include <utility>

namespace circuitloom::ui {

RunTail::RunTail(FileReader& reader, Listener listener)
    : reader_(reader)
    , listener_(std::move(listener))
{
}

void RunTail::read(RunId run, Continuation then)
{
    const auto [request, is_first] = requests_.try_emplace(run);
    std::vector<Continuation>& next = is_first ? request->second.then : request->second.then_again;
    if (then)
        next.push_back(std::move(then));
    if (is_first)
        this->request(run);
    else
        request->second.again = true;
}

std::vector<RunTail::Continuation> RunTail::follow(OpenFile file)
{
    file_ = file;
    std::vector<Continuation> abandoned;
    for (auto& [run, request] : requests_)
        for (std::vector<Continuation>* all : { &request.then, &request.then_again })
            std::move(all->begin(), all->end(), std::back_inserter(abandoned));
    requests_.clear();
    return abandoned;
}

void RunTail::request(RunId run)
{
    reader_.read(
        file_,
        [this, file = file_, run, from = listener_.position(run)](
            const ExperimentReader& reader) -> FileReader::Delivery {
            return [this, file, run, news = read_news(reader, run, from)] {
                if (file != file_)
                    return;
                listener_.news(run, news);
                finish(run);
            };
        },
        [this, file = file_, run](const QString& sentence) {
            if (file != file_)
                return;
            listener_.failed(sentence);
            finish(run);
        });
}

void RunTail::finish(RunId run)
{
    const auto request = requests_.find(run);
    if (request == requests_.end())
        return;
    const std::vector<Continuation> done = std::exchange(request->second.then, {});
    if (std::exchange(request->second.again, false)) {
        request->second.then = std::exchange(request->second.then_again, {});
        this->request(run);
    } else {
        requests_.erase(request);
    }
    for (const Continuation& next : done)
        next();
}

} // namespace circuitloom::ui
