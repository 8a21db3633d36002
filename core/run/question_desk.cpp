#include "core/run/question_desk.h"

#include <algorithm>
#include <utility>

namespace circuitloom {

void QuestionDesk::forget(const std::string& asker)
{
    std::erase_if(waiting_, [&](const auto& ticket) { return ticket->asker == asker; });
    if (under_way_ && under_way_->asker == asker)
        under_way_->stop.request_stop();
}

QuestionId QuestionDesk::ask(const std::string& asker, Question question)
{
    QuestionId id;
    {
        const std::lock_guard lock(mutex_);
        id.value = ++last_;
        auto ticket = std::make_shared<Ticket>(
            Ticket{ id, asker, std::move(question), std::stop_source() });
        const auto before = std::ranges::find(
            waiting_, asker, [](const auto& waits) -> const std::string& { return waits->asker; });
        if (before != waiting_.end()) {
            *before = std::move(ticket);
        } else {
            forget(asker);
            waiting_.push_back(std::move(ticket));
        }
    }
    changed_.notify_one();
    return id;
}

void QuestionDesk::withdraw(const std::string& asker)
{
    const std::lock_guard lock(mutex_);
    forget(asker);
}

std::shared_ptr<QuestionDesk::Ticket> QuestionDesk::next(std::stop_token quit)
{
    std::unique_lock lock(mutex_);
    under_way_.reset();
    changed_.wait(lock, quit, [this] { return !waiting_.empty(); });
    if (quit.stop_requested())
        return nullptr;
    under_way_ = std::move(waiting_.front());
    waiting_.pop_front();
    return under_way_;
}

} // namespace circuitloom
