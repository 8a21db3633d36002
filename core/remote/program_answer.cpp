#include "core/remote/program_answer.h"

#include "core/base/error.h"
#include "core/base/number_text.h"
#include "core/base/utf8.h"
#include "core/remote/child_process.h"

#include <filesystem>

#include <poll.h>

namespace circuitloom {

namespace {

constexpr int look_ms = 100;

// Reads on where somebody may still write; at its end there is no descriptor any more.
std::string read_on(pollfd& one)
{
    if (one.fd < 0 || one.revents == 0)
        return {};
    const auto some = read_some(one.fd);
    if (!some)
        one.fd = -1;
    return some.value_or("");
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
    const std::function<void()>& meanwhile, std::string_view input)
{
    const QuietPipes quiet;
    ChildProcess program(words);
    program.write(input); // where it does not read, its exit code says so
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
        answer += read_on(both[0]);
        add_complaint(errors, read_on(both[1]));
        if (answer.size() > limits.bytes)
            fail("has more to say than the " + std::to_string(limits.bytes >> 20)
                + " MB that an answer may have");
        if (std::chrono::steady_clock::now() > end)
            fail("did not end within "
                + fixed(std::chrono::duration<double>(limits.time).count(), 1)
                + " s and was ended; try it there");
        meanwhile();
    }
    if (program.wait() != 0)
        throw ResourceError(in_words(words) + " failed: " + for_message(errors, 2000) + ".");
    return answer;
}

} // namespace circuitloom
