#include "core/run/question_desk.h"

#include <doctest/doctest.h>

using namespace circuitloom;

namespace {

NextTokenQuestion about(const char* text)
{
    NextTokenQuestion question;
    question.text = text;
    return question;
}

const std::string& text_of(const QuestionDesk::Ticket& ticket)
{
    return std::get<NextTokenQuestion>(ticket.question).text;
}

} // namespace

TEST_CASE("who asks again while waiting keeps the place in the queue")
{
    QuestionDesk desk;
    desk.ask("under way", about("u"));
    const auto under_way = desk.next({});
    desk.ask("a", about("a1"));
    desk.ask("b", about("b1"));
    const QuestionId newest = desk.ask("a", about("a2"));
    CHECK(!under_way->stop.stop_requested());
    const auto first = desk.next({});
    CHECK(text_of(*first) == "a2"); // nobody wants a1 any more
    CHECK(first->id == newest);
    CHECK(text_of(*desk.next({})) == "b1");
}

TEST_CASE("who asks again while being answered goes behind all others")
{
    QuestionDesk desk;
    desk.ask("a", about("a1"));
    const auto under_way = desk.next({});
    desk.ask("b", about("b1"));
    desk.ask("a", about("a2"));
    CHECK(under_way->stop.stop_requested());
    bool delivered = false;
    desk.deliver(*under_way, [&] { delivered = true; });
    CHECK(!delivered);
    desk.ask("a", about("a3"));
    CHECK(text_of(*desk.next({})) == "b1");
    CHECK(text_of(*desk.next({})) == "a3");
}

TEST_CASE("what is withdrawn is not answered")
{
    QuestionDesk desk;
    desk.ask("a", about("a1"));
    desk.ask("b", about("b1"));
    desk.withdraw("a");
    const auto ticket = desk.next({});
    CHECK(text_of(*ticket) == "b1");
    desk.withdraw("b");
    CHECK(ticket->stop.stop_requested());
}
