#include "core/remote/stream_server.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/json_input.h"
#include "core/formats/message_frames.h"
#include "core/remote/child_process.h"
#include "core/remote/run_orders.h"
#include "core/remote/run_start.h"
#include "core/store/schema.h"
#include "core/store/stream_source.h"

#include <chrono>
#include <limits>
#include <list>
#include <optional>
#include <vector>

#include <poll.h>

namespace circuitloom {

namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr int look_ms = 200; ///< between two looks at the file
constexpr std::chrono::seconds between_signs{ 5 };
constexpr int most_failures = 20; ///< of looks in a row: the file is locked, or being replaced
constexpr std::size_t longest_answer = 4 << 20;
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

/// The other side does not read any more.
struct Gone
{
};

class StreamServer
{
public:
    explicit StreamServer(const StreamServerOptions& options)
        : options_(options)
    {
    }

    int run()
    {
        try {
            say_hello();
            while (take_input())
                look();
            return 0;
        } catch (const Gone&) {
            return 0;
        } catch (const InputError& why) {
            return refuse(why.what());
        } catch (const Error& why) {
            return refuse(why.what());
        }
    }

private:
    void send(const Json& message)
    {
        if (!write_all(options_.out, frame_of(message)))
            throw Gone();
        last_sign_ = Clock::now();
    }

    int refuse(const std::string& why)
    {
        try {
            send({ { "type", "refused" }, { "text", text(why) },
                { "other_file", why.find("is another file than the mirror has") != why.npos } });
        } catch (const Gone&) {
        }
        return 1;
    }

    static std::string text(const std::string& any) { return for_message(any, 2000); }

    bool file_is_there() const
    {
        std::error_code ignored;
        return std::filesystem::exists(options_.file, ignored);
    }

    void say_hello()
    {
        send({ { "type", "hello" }, { "protocol", stream_protocol },
            { "program", options_.version }, { "schema", schema_version() },
            { "file", text(options_.file.string()) }, { "exists", file_is_there() } });
    }

    /// Waits for a message or a while. False at the end of the input.
    bool take_input()
    {
        pollfd one{ options_.in, POLLIN, 0 };
        if (::poll(&one, 1, source_ && source_has_more_ ? 0 : look_ms) <= 0)
            return true;
        const std::optional<std::string> bytes = read_some(options_.in);
        if (!bytes)
            return false;
        frames_.add(*bytes);
        while (const std::optional<Json> message = frames_.next())
            take(JsonObject(*message, frame_name(frames_.number())));
        return true;
    }

    void take(const JsonObject& message)
    {
        const std::string type = message.text("type");
        if (type == "request")
            return take_request(message);
        const std::int64_t id = message.integer("id", 0, most);
        try {
            const std::string answer = type == "order" ? order(message)
                : type == "start"                      ? start(message)
                : type == "ask"                        ? ask(message)
                                                       : unknown(message, type);
            send({ { "type", "reply" }, { "id", id }, { "ok", true }, { "text", answer } });
        } catch (const Error& why) {
            send({ { "type", "reply" }, { "id", id }, { "ok", false },
                { "text", text(why.what()) } });
        }
    }

    void take_request(const JsonObject& message)
    {
        if (message.integer("protocol", 1, most) != stream_protocol)
            throw InputError("The program that mirrors speaks version "
                + std::to_string(message.integer("protocol", 1, most)) + " of the stream, this one ("
                + options_.version + ") version " + std::to_string(stream_protocol)
                + "; install the same Circuitloom on both sides.");
        request_ = StreamRequest{};
        request_->tables = message.at("tables");
        request_->have = message.at("have");
        request_->checkpoints = message.boolean_or("checkpoints", false);
        source_.reset();
    }

    std::string order(const JsonObject& message)
    {
        const std::optional<RunOrder> order = run_order(message.text("order"));
        if (!order)
            message.fail("order", "is none of stop, pause and resume");
        return give_order(options_.file, { message.integer("run", 0, most) }, *order);
    }

    std::string start(const JsonObject& message)
    {
        started_.emplace_back(options_.program, options_.file, message.text("configuration"));
        const StartedRun& run = started_.back();
        return "A run was started there (process " + std::to_string(run.process())
            + "); its configuration is " + run.configuration().string() + ", what it says "
            + run.log().string() + ".";
    }

    std::string ask(const JsonObject& message)
    {
        const std::string what = message.text("what");
        if (what != "devices" && what != "models")
            message.fail("what", "is neither devices nor models");
        std::vector<std::string> words{ options_.program.string(), what };
        if (what == "models")
            words.emplace_back("list");
        words.emplace_back("--json");
        ChildProcess program(words);
        program.close_input();
        std::string answer;
        std::string errors;
        pollfd both[] = { { program.output(), POLLIN, 0 }, { program.errors(), POLLIN, 0 } };
        while (both[0].fd >= 0 && answer.size() < longest_answer) {
            ::poll(both, 2, look_ms);
            for (pollfd& one : both) {
                if (one.fd < 0 || one.revents == 0)
                    continue;
                const auto some = read_some(one.fd);
                (one.fd == program.output() ? answer : errors) += some.value_or("");
                if (!some)
                    one.fd = -1;
            }
        }
        if (program.wait() != 0)
            throw ResourceError("circuitloom-cli " + what + " failed there: " + text(errors) + ".");
        return answer;
    }

    [[noreturn]] static std::string unknown(const JsonObject& message, const std::string&)
    {
        message.fail("type", "is no kind of message");
    }

    void look()
    {
        for (StartedRun& run : started_)
            if (const auto why = run.failure())
                send({ { "type", "notice" },
                    { "text", "The run that was started ended: " + text(*why) } });
        if (request_ && (source_ || file_is_there()))
            send_news();
        if (Clock::now() - last_sign_ > between_signs)
            send({ { "type", "status" }, { "caught_up", caught_up_ } });
    }

    void send_news()
    {
        try {
            if (!source_) {
                source_.emplace(options_.file, *request_);
                caught_up_ = false;
            }
            if (!source_has_more_ && !source_->changed())
                return;
            const std::vector<Json> messages = source_->next();
            source_has_more_ = !messages.empty();
            for (const Json& message : messages)
                send(message);
            failures_ = 0;
            if (!source_has_more_) {
                caught_up_ = true;
                send({ { "type", "status" }, { "caught_up", true } });
            }
        } catch (const ResourceError&) {
            if (++failures_ > most_failures)
                throw;
            // It may be locked for a moment, or another one by now.
            if (source_)
                request_->have = source_->have();
            source_.reset();
            source_has_more_ = false;
        }
    }

    StreamServerOptions options_;
    FrameReader frames_;
    std::optional<StreamRequest> request_;
    std::optional<StreamSource> source_;
    bool source_has_more_ = false;
    bool caught_up_ = false;
    int failures_ = 0;
    std::list<StartedRun> started_;
    Clock::time_point last_sign_ = Clock::now();
};

} // namespace

int serve_stream(const StreamServerOptions& options)
{
    const QuietPipes quiet;
    return StreamServer(options).run();
}

} // namespace circuitloom
