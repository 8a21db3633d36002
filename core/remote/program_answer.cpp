#include "core/remote/program_answer.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/remote/child_process.h"

#include <filesystem>

#include <poll.h>

namespace circuitloom {

namespace {

constexpr int look_ms = 100;
constexpr std::size_t longest_complaint = 4096;

// Reads on where somebody may still write; at its end there is no descriptor any more.
void read_on(pollfd& one, std::string& text)
{
    if (one.fd < 0 || one.revents == 0)
        return;
    const auto some = read_some(one.fd);
    text += some.value_or("");
    if (!some)
        one.fd = -1;
}

std::string in_words(const std::vector<std::string>& words)
{
    std::string text = std::filesystem::path(words.at(0)).filename().string();
    for (std::size_t i = 1; i < words.size(); ++i)
        text += " " + words[i];
    return text;
}

} // namespace

std::string answer_of(const std::vector<std::string>& words, const AnswerLimits& limits,
    const std::function<void()>& meanwhile)
{
    ChildProcess program(words);
    program.close_input();
    const auto end = std::chrono::steady_clock::now() + limits.time;
    std::string answer;
    std::string errors;
    const auto fail = [&](const std::string& why) {
        program.kill();
        throw ResourceError(in_words(words) + " " + why + ".");
    };
    pollfd both[] = { { program.output(), POLLIN, 0 }, { program.errors(), POLLIN, 0 } };
    while (both[0].fd >= 0 || both[1].fd >= 0 || !program.has_ended()) {
        ::poll(both, 2, look_ms);
        read_on(both[0], answer);
        read_on(both[1], errors);
        if (errors.size() > longest_complaint)
            errors.erase(0, errors.size() - longest_complaint);
        if (answer.size() > limits.bytes)
            fail("has more to say than the " + std::to_string(limits.bytes >> 20)
                + " MB that an answer may have");
        if (std::chrono::steady_clock::now() > end)
            fail("did not end within " + std::to_string(limits.time.count() / 1000)
                + " s and was ended; try it there");
        meanwhile();
    }
    if (program.wait() != 0)
        throw ResourceError(in_words(words) + " failed: " + for_message(errors, 2000) + ".");
    return answer;
}

} // namespace circuitloom
