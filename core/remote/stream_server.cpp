#include "core/remote/stream_server.h"

#include "core/base/error.h"
#include "core/base/file_presence.h"
#include "core/base/utf8.h"
#include "core/formats/json_input.h"
#include "core/formats/message_frames.h"
#include "core/remote/child_process.h"
#include "core/remote/run_orders.h"
#include "core/remote/started_runs.h"
#include "core/run/sweep.h"
#include "core/store/other_origin.h"
#include "core/store/schema.h"
#include "core/store/stream_source.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <poll.h>

namespace circuitloom {

namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr int look_ms = 200; ///< between two looks at the file
constexpr int passing_failures = 5; ///< of looks in a row: then the user is told
constexpr std::chrono::milliseconds longest_pause{ 30000 }; ///< between two looks that fail
constexpr std::size_t most_axes = 64;
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
        } catch (const OtherOrigin& why) {
            return refuse(why.what(), true);
        } catch (const Error& why) {
            return refuse(why.what(), false);
        }
    }

private:
    void send(const Json& message)
    {
        if (!write_all(options_.out, frame_of(message)))
            throw Gone();
        last_sign_ = Clock::now();
    }

    int refuse(const std::string& why, bool other_file)
    {
        try {
            send({ { "type", "refused" }, { "text", text(why) }, { "other_file", other_file } });
        } catch (const Gone&) {
            // Nobody is there to be refused.
        }
        return 1;
    }

    static std::string text(const std::string& any) { return for_message(any, 2000); }

    bool file_is_there() const { return is_there(options_.file); }

    void say_hello()
    {
        was_there_ = file_is_there();
        send({ { "type", "hello" }, { "protocol", stream_protocol },
            { "program", options_.version }, { "schema", schema_version() },
            { "file", text(options_.file.string()) }, { "exists", was_there_ } });
    }

    /// Waits for a message or a while. False at the end of the input.
    bool take_input()
    {
        pollfd one{ options_.in, POLLIN, 0 };
        if (::poll(&one, 1, has_more() ? 0 : look_ms) <= 0)
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
                : type == "start"                      ? start(message, id, {})
                : type == "sweep"                      ? start(message, id, sweep_of(message))
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
        request_number_ = message.integer("number", 1, most);
        caught_up_ = false; // as the other side takes it
        begin();
    }

    // What was sent without a commit counts no more.
    void begin()
    {
        source_.reset();
        all_sent_ = false;
        send({ { "type", "begin" }, { "number", request_number_ } });
    }

    std::string order(const JsonObject& message)
    {
        const std::optional<RunOrder> order = run_order(message.text("order"));
        if (!order)
            message.fail("order", "is none of stop, pause and resume");
        return give_order(options_.file, { message.integer("run", 0, most) }, *order);
    }

    static SweepToStart sweep_of(const JsonObject& message)
    {
        SweepToStart sweep;
        sweep.seeds = static_cast<int>(message.integer("seeds", 1, most_sweep_runs));
        for (const Json& axis : message.array("axes")) {
            if (!axis.is_string() || sweep.axes.size() >= most_axes)
                message.fail("axes", "is no list of at most "
                        + std::to_string(most_axes) + " settings with their values");
            sweep.axes.push_back(axis.get<std::string>());
        }
        return sweep;
    }

    std::string start(const JsonObject& message, std::int64_t id, const SweepToStart& sweep)
    {
        const StartedRun& run = started_.start(
            id, options_.program, options_.file, message.text("configuration"), sweep);
        tell_whether_caught_up(); // it is awaited, which whoever gets the answer must know
        return (sweep.is_one_run() ? "A run was started there (process "
                                   : "A sweep was started there (process ") + std::to_string(run.process())
            + "); its configuration is " + run.configuration().string() + ", what it says "
            + run.log().string() + ".";
    }

    std::string ask(const JsonObject& message)
    {
        const std::string what = message.text("what");
        if (what == "check")
            return check(message.text("configuration"));
        if (what != "devices" && what != "models")
            message.fail("what", "is none of devices, models and check");
        std::vector<std::string> words{ options_.program.string(), what };
        if (what == "models")
            words.emplace_back("list");
        words.emplace_back("--json");
        return answer_of(words, options_.answers, [this] { give_sign(); });
    }

    std::string check(const std::string& configuration)
    {
        return answer_of({ options_.program.string(), "check", "-", "--json", "--folder",
                             std::filesystem::absolute(options_.file).parent_path().string() },
            options_.answers, [this] { give_sign(); }, configuration);
    }

    [[noreturn]] static std::string unknown(const JsonObject& message, const std::string&)
    {
        message.fail("type", "is no kind of message");
    }

    void look()
    {
        for (const auto& [id, end] : started_.look(options_.file))
            send({ { "type", "ended" }, { "id", id }, { "ok", end.ok }, { "text", text(end.text) } });
        if (request_) {
            if (!was_there_ && request_->have.empty() && !file_is_there())
                all_sent_ = true; // there is nothing, and never was
            else
                send_news();
            tell_whether_caught_up();
        }
        give_sign();
    }

    void give_sign()
    {
        if (Clock::now() - last_sign_ > options_.between_signs)
            send({ { "type", "status" }, { "caught_up", caught_up_ } });
    }

    bool has_more() const { return source_ && !all_sent_ && failures_ == 0; }

    void tell_whether_caught_up()
    {
        if (std::exchange(caught_up_, all_sent_ && !started_.awaits_any()) != caught_up_)
            send({ { "type", "status" }, { "caught_up", caught_up_ } });
    }

    void send_news()
    {
        if (Clock::now() < next_look_)
            return;
        try {
            if (!source_)
                open();
            if (!all_sent_ || source_->changed()) {
                const std::vector<Json> messages = source_->next();
                for (const Json& message : messages)
                    send(message);
                source_->wrote();
                all_sent_ = messages.empty();
            }
            failures_ = 0;
        } catch (const ResourceError& why) {
            wait_for_file(why.what());
        } catch (const OtherOrigin&) {
            throw;
        } catch (const InputError& why) {
            // A run that begins makes the file before it is a whole one.
            if (source_ || (failures_ + 1 >= passing_failures && !started_.awaits_any()))
                throw;
            wait_for_file(why.what());
        }
    }

    void open()
    {
        if (!file_is_there())
            throw ResourceError(options_.file.string() + " is not there any more.");
        source_.emplace(options_.file, *request_);
        was_there_ = true;
    }

    // It is locked, say, or was replaced. What can be read again goes on.
    void wait_for_file(const std::string& why)
    {
        if (source_)
            request_->have = source_->have();
        begin();
        const auto pause = std::chrono::milliseconds(look_ms) * (1 << std::min(failures_, 8));
        next_look_ = Clock::now() + std::min<Clock::duration>(pause, longest_pause);
        if (++failures_ == passing_failures)
            send({ { "type", "trouble" }, { "text", text(why + " It is tried again.") } });
    }

    StreamServerOptions options_;
    FrameReader frames_;
    std::optional<StreamRequest> request_;
    std::int64_t request_number_ = 0;
    std::optional<StreamSource> source_;
    bool was_there_ = false; ///< the file, as hello said or a source found
    bool all_sent_ = false;
    bool caught_up_ = false; ///< as it was told
    int failures_ = 0; ///< of looks at the file in a row
    Clock::time_point next_look_ = Clock::now();
    StartedRuns started_;
    Clock::time_point last_sign_ = Clock::now();
};

} // namespace

int serve_stream(const StreamServerOptions& options)
{
    const QuietPipes quiet;
    return StreamServer(options).run();
}

} // namespace circuitloom
