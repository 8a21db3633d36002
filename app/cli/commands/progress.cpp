#include "app/cli/commands/progress.h"

#include "app/cli/commands/table.h"

#include <cstdio>

#include <unistd.h>

namespace circuitloom {

namespace {

constexpr std::chrono::milliseconds between_redraws{ 100 };
constexpr std::chrono::seconds between_lines{ 5 };

} // namespace

std::string progress_text(
    const std::string& what, int done, int total, const std::string& extra, double seconds_left)
{
    std::string text = what + "  " + std::to_string(done) + " of " + std::to_string(total);
    if (total > 0)
        text += " (" + std::to_string(100LL * done / total) + " %)";
    if (!extra.empty())
        text += "  " + extra;
    if (seconds_left >= 0 && done < total)
        text += "  " + duration(seconds_left) + " left";
    return text;
}

ProgressLine::ProgressLine()
    : terminal_(isatty(STDERR_FILENO) != 0)
{
}

ProgressLine::~ProgressLine()
{
    finish();
}

void ProgressLine::show(const std::string& what, int done, int total, const std::string& extra)
{
    const Clock::time_point now = Clock::now();
    const double left = time_left_.seconds(what, done, total, now);
    if (done < total && now - last_ < (terminal_ ? Clock::duration(between_redraws) : between_lines))
        return;
    last_ = now;
    draw(progress_text(what, done, total, extra, left));
}

void ProgressLine::draw(const std::string& line)
{
    if (terminal_)
        std::fprintf(stderr, "\r\033[K%s", printable(line).c_str());
    else
        std::fprintf(stderr, "%s\n", printable(line).c_str());
    std::fflush(stderr);
    drawn_ = terminal_;
}

void ProgressLine::note(const std::string& line)
{
    std::fprintf(stderr, "%s%s\n", drawn_ ? "\r\033[K" : "", printable(line).c_str());
    drawn_ = false;
}

void ProgressLine::finish()
{
    if (drawn_)
        std::fputc('\n', stderr);
    drawn_ = false;
    time_left_ = {};
    last_ = {};
}

} // namespace circuitloom
