#include "core/remote/remote_mirror.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/json_input.h"
#include "core/remote/bell.h"
#include "core/remote/child_process.h"
#include "core/remote/remote_line.h"
#include "core/remote/stream_server.h"
#include "core/store/mirror.h"
#include "core/store/schema.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <mutex>
#include <optional>
#include <set>

namespace circuitloom {

namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

} // namespace

struct RemoteMirror::Impl
{
    Impl(RemoteMirrorOptions chosen, MirrorObserver& told)
        : options(std::move(chosen))
        , observer(told)
    {
    }

    std::int64_t post(Json message)
    {
        std::int64_t id = 0;
        {
            const std::lock_guard lock(mutex);
            id = ++last_id;
            message["id"] = id;
            posted.push_back(std::move(message));
        }
        bell.ring();
        return id;
    }

    std::deque<Json> take_posted()
    {
        bell.silence();
        const std::lock_guard lock(mutex);
        return std::exchange(posted, {});
    }

    void refuse_posted(const std::string& why)
    {
        for (const Json& message : take_posted())
            observer.answered(message["id"].get<std::int64_t>(), false, why);
        for (const std::int64_t id : std::exchange(unanswered, {}))
            observer.answered(id, false, why);
    }

    void tell(MirrorPhase phase)
    {
        if (phase != state.phase || phase == MirrorPhase::connecting)
            observer.changed(state = { phase, {}, {} });
    }

    void run(std::stop_token stop);
    void connect(Mirror& mirror, std::stop_token stop);
    void send_posted(RemoteLine& line);
    void take(Mirror& mirror, RemoteLine& line, Json message);
    void take_hello(Mirror& mirror, RemoteLine& line, const JsonObject& hello);
    void take_rows(Mirror& mirror, RemoteLine& line, Json message, const std::string& name);
    void ask_for_rows(Mirror& mirror, RemoteLine& line);

    RemoteMirrorOptions options;
    MirrorObserver& observer;
    Bell bell;
    std::mutex mutex;
    std::deque<Json> posted;
    std::int64_t last_id = 0;
    std::set<std::int64_t> unanswered;
    MirrorState state;
    // Of this line:
    std::int64_t asked = 0; ///< requests for rows; 0: it has not said hello
    std::int64_t begun = 0; ///< which of them is being answered
    bool versions_told = false;
    bool absence_told = false;
};

void RemoteMirror::Impl::take_hello(Mirror& mirror, RemoteLine& line, const JsonObject& hello)
{
    const std::int64_t protocol = hello.integer("protocol", 1, most);
    const std::string theirs = for_message(hello.text("program"), 50);
    if (protocol != stream_protocol)
        throw InputError("The Circuitloom on " + options.address.host + " (" + theirs
            + ") speaks version " + std::to_string(protocol) + " of the stream, this one ("
            + options.version + ") version " + std::to_string(stream_protocol)
            + "; install the same on both sides.");
    const std::int64_t schema = hello.integer("schema", 1, most);
    if (!versions_told && (theirs != options.version || schema != schema_version()))
        observer.differs(options.address.host + " has Circuitloom " + theirs
            + " (files of version " + std::to_string(schema) + "), here is " + options.version
            + " (files of version " + std::to_string(schema_version())
            + "): what only one of them knows is left out.");
    versions_told = true;
    if (!hello.boolean_or("exists", true)) {
        if (!options.starts_runs)
            throw InputError("There is no file " + for_message(options.address.path) + " on "
                + options.address.host + ".");
        if (!mirror.filled() && !std::exchange(absence_told, true))
            observer.absent();
    }
    ask_for_rows(mirror, line);
}

void RemoteMirror::Impl::ask_for_rows(Mirror& mirror, RemoteLine& line)
{
    const StreamRequest request = mirror.request(options.checkpoints);
    line.send({ { "type", "request" }, { "protocol", stream_protocol }, { "number", ++asked },
        { "program", options.version }, { "schema", schema_version() },
        { "tables", request.tables }, { "have", request.have },
        { "checkpoints", request.checkpoints } });
    tell(MirrorPhase::catching_up);
}

void RemoteMirror::Impl::take_rows(
    Mirror& mirror, RemoteLine& line, Json message, const std::string& name)
{
    if (asked == 0)
        throw InputError(name + ": " + for_message(JsonObject(message, name).text("type"))
            + " comes before hello.");
    if (begun == asked && mirror.take(std::move(message), name) == Taken::in_vain)
        ask_for_rows(mirror, line);
}

void RemoteMirror::Impl::take(Mirror& mirror, RemoteLine& line, Json message)
{
    const std::string name = frame_name(line.number());
    const JsonObject object(message, name);
    const std::string type = object.text("type");
    if (type == "hello") {
        take_hello(mirror, line, object);
    } else if (type == "begin") {
        begun = object.integer("number", 1, most);
        mirror.forget();
    } else if (type == "status") {
        if (begun == asked && asked > 0)
            tell(object.boolean_or("caught_up", false) ? MirrorPhase::caught_up
                                                       : MirrorPhase::catching_up);
    } else if (type == "reply") {
        const std::int64_t id = object.integer("id", 0, most);
        if (unanswered.erase(id) > 0)
            observer.answered(id, object.boolean_or("ok", false), object.text("text"));
    } else if (type == "ended") {
        observer.ended(object.integer("id", 0, most), object.boolean_or("ok", false),
            for_message(object.text("text"), 2000));
    } else if (type == "trouble") {
        observer.troubled(options.address.host + " says: " + for_message(object.text("text"), 2000));
    } else if (type == "refused") {
        const std::string why = for_message(object.text("text"), 2000);
        if (object.boolean_or("other_file", false))
            throw OtherOrigin(why);
        throw InputError(options.address.host + " says: " + why);
    } else {
        take_rows(mirror, line, std::move(message), name);
    }
}

void RemoteMirror::Impl::send_posted(RemoteLine& line)
{
    for (const Json& message : take_posted()) {
        unanswered.insert(message["id"].get<std::int64_t>());
        line.send(message);
    }
}

void RemoteMirror::Impl::connect(Mirror& mirror, std::stop_token stop)
{
    tell(MirrorPhase::connecting);
    asked = begun = 0;
    RemoteLine line(options, bell);
    while (!stop.stop_requested()) {
        const bool rung = line.wait();
        const bool was_ready = asked > 0;
        if (rung && was_ready)
            send_posted(line);
        else if (rung)
            bell.silence(); // what was posted waits for the connection
        while (auto message = line.next())
            take(mirror, line, std::move(*message));
        if (asked == 0)
            continue; // the user may be typing a passphrase
        if (!was_ready)
            bell.ring(); // what waited
        if (begun == asked && mirror.lost_rows())
            ask_for_rows(mirror, line);
        if (line.silence() > options.longest_silence)
            throw LineLost{ "Nothing came from " + options.address.host + " for "
                + std::to_string(options.longest_silence.count() / 1000) + " s." };
    }
}

void RemoteMirror::Impl::run(std::stop_token stop)
{
    const QuietPipes quiet;
    const std::stop_callback wake(stop, [this] { bell.ring(); });
    Mirror mirror(options.file, text_of(options.address));
    std::chrono::milliseconds pause = options.first_pause;
    bool received = mirror.filled();
    while (!stop.stop_requested()) {
        std::string why;
        try {
            connect(mirror, stop);
            continue; // stopped
        } catch (const LineLost& lost) {
            why = lost.why;
        }
        mirror.forget();
        if (!received && asked == 0)
            throw ResourceError(why);
        if (asked > 0)
            pause = options.first_pause;
        received = true;
        observer.changed(state = { MirrorPhase::lost, why, pause });
        const auto end = Clock::now() + pause;
        refuse_posted(why);
        while (!stop.stop_requested() && Clock::now() < end) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
            if (bell.wait(std::max(left, std::chrono::milliseconds(0))))
                refuse_posted(why);
        }
        pause = std::min(pause * 2, options.longest_pause);
    }
}

RemoteMirror::RemoteMirror(RemoteMirrorOptions options, MirrorObserver& observer)
    : impl_(std::make_unique<Impl>(std::move(options), observer))
{
}

RemoteMirror::~RemoteMirror() = default;

void RemoteMirror::run(std::stop_token stop)
{
    impl_->run(std::move(stop));
}

std::int64_t RemoteMirror::order(RunId run, RunOrder order)
{
    return impl_->post(
        { { "type", "order" }, { "run", run.value }, { "order", run_order_name(order) } });
}

std::int64_t RemoteMirror::start(const std::string& configuration, const SweepToStart& sweep)
{
    if (sweep.is_one_run())
        return impl_->post({ { "type", "start" }, { "configuration", configuration } });
    return impl_->post({ { "type", "sweep" }, { "configuration", configuration },
        { "axes", sweep.axes }, { "seeds", sweep.seeds } });
}

std::int64_t RemoteMirror::ask_devices()
{
    return impl_->post({ { "type", "ask" }, { "what", "devices" } });
}

std::int64_t RemoteMirror::ask_models()
{
    return impl_->post({ { "type", "ask" }, { "what", "models" } });
}

std::int64_t RemoteMirror::ask_check(const std::string& configuration)
{
    return impl_->post(
        { { "type", "ask" }, { "what", "check" }, { "configuration", configuration } });
}

} // namespace circuitloom
