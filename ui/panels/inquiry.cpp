#include "ui/panels/inquiry.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int least_patience = 400; ///< milliseconds
constexpr int most_patience = 10'000;

} // namespace

Inquiry::Inquiry(PanelContext& context, const QString& asker, QObject* parent)
    : QObject(parent)
    , context_(context)
    , asker_(asker)
{
    patience_.setSingleShot(true);
    set_patience(least_patience);
    connect(&patience_, &QTimer::timeout, this, [this] {
        // Answers take longer than that: else none would ever come while the timeline moves.
        const int most = std::max(first_patience_, most_patience);
        patience_.setInterval(std::min(2 * patience_.interval(), most));
        ask_next();
    });
}

void Inquiry::set_patience(int milliseconds)
{
    first_patience_ = milliseconds;
    patience_.setInterval(milliseconds);
}

void Inquiry::want(Question question, ReplyHandlers handlers)
{
    next_ = Wish{ std::move(question), std::move(handlers) };
    failure_.clear();
    failed_.reset();
    if (!open_)
        ask_next();
    else if (!patience_.isActive())
        patience_.start();
}

void Inquiry::ask_again()
{
    if (failed_ && !open_)
        ask(*std::exchange(failed_, std::nullopt));
}

void Inquiry::drop()
{
    next_.reset();
    failed_.reset();
    failure_.clear();
    progress_.clear();
    patience_.stop();
    patience_.setInterval(first_patience_);
    open_ = false;
    context_.forget(asker_);
}

void Inquiry::ask_next()
{
    patience_.stop();
    if (next_)
        ask(*std::exchange(next_, std::nullopt));
}

void Inquiry::ask(Wish wish)
{
    open_ = true;
    progress_.clear();
    failure_.clear();
    ReplyHandlers handlers;
    handlers.answered = [this, then = wish.handlers.answered](const Answer& answer) {
        open_ = false;
        progress_.clear();
        patience_.setInterval(first_patience_);
        then(answer);
        ask_next();
    };
    handlers.failed = [this, wish](const QString& sentence) {
        open_ = false;
        progress_.clear();
        patience_.setInterval(first_patience_);
        if (!next_) { // else a newer question is asked now
            failure_ = sentence;
            failed_ = wish;
        }
        wish.handlers.failed(sentence);
        ask_next();
    };
    handlers.progressed
        = [this, then = wish.handlers.progressed](const QString& what, int done, int total) {
              progress_ = tr("%1 (%2 of %3)").arg(what).arg(done).arg(total);
              if (then)
                  then(what, done, total);
          };
    Question question = wish.question;
    context_.ask(*this, asker_, std::move(question), std::move(handlers));
}

} // namespace circuitloom::ui
