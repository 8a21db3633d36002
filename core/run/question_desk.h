#pragma once

#include "core/run/worker.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace circuitloom {

/// The questions that wait, at most one of each asker, and the one that is being answered. They are
/// answered in the order in which their askers began to wait. Every call is safe from any thread.
class QuestionDesk
{
public:
    /// A question with the means to call it off.
    struct Ticket
    {
        QuestionId id;
        std::string asker;
        Question question;
        std::stop_source stop;
    };

    /// Takes the place of what the asker asked before: in the queue, where that still waits, so
    /// that who asks again and again is answered as soon as who asks once. What is being answered
    /// is called off, and the new question waits behind all others.
    QuestionId ask(const std::string& asker, Question question);
    void withdraw(const std::string& asker);

    /// Waits for a question, which is then the one being answered. Null once `quit` is requested.
    std::shared_ptr<Ticket> next(std::stop_token quit);
    /// Calls `deliver` if the ticket was not called off meanwhile; nobody can call it off while
    /// `deliver` runs.
    template <class Deliver>
    void deliver(const Ticket& ticket, const Deliver& deliver)
    {
        const std::lock_guard lock(mutex_);
        if (!ticket.stop.stop_requested())
            deliver();
    }

private:
    void forget(const std::string& asker);

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<std::shared_ptr<Ticket>> waiting_;
    std::shared_ptr<Ticket> under_way_;
    std::int64_t last_ = 0;
};

} // namespace circuitloom
