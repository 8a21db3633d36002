#include "ui/panels/inquiry.h"

#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int patience_ms = 400; // then a newer question takes the place of one without an answer

} // namespace

Inquiry::Inquiry(PanelContext& context, const QString& asker, QObject* parent)
    : QObject(parent)
    , context_(context)
    , asker_(asker)
{
    patience_.setSingleShot(true);
    patience_.setInterval(patience_ms);
    connect(&patience_, &QTimer::timeout, this, &Inquiry::ask_next);
}

void Inquiry::want(Question question, ReplyHandlers handlers)
{
    next_ = Wish{ std::move(question), std::move(handlers) };
    if (!open_)
        ask_next();
    else if (!patience_.isActive())
        patience_.start();
}

void Inquiry::drop()
{
    next_.reset();
    patience_.stop();
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
    ReplyHandlers handlers;
    handlers.answered = [this, then = wish.handlers.answered](const Answer& answer) {
        open_ = false;
        then(answer);
        ask_next();
    };
    handlers.failed = [this, then = wish.handlers.failed](const QString& sentence) {
        open_ = false;
        then(sentence);
        ask_next();
    };
    handlers.progressed = wish.handlers.progressed;
    context_.ask(*this, asker_, std::move(wish.question), std::move(handlers));
}

} // namespace circuitloom::ui
