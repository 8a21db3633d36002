#include "core/remote/remote_mirror.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/json_input.h"
#include "core/formats/message_frames.h"
#include "core/remote/child_process.h"
#include "core/remote/stream_server.h"
#include "core/run/tune_command.h"
#include "core/store/mirror.h"
#include "core/store/schema.h"

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <limits>
#include <mutex>
#include <optional>
#include <set>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace circuitloom {

namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr std::size_t longest_complaint = 4096;
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr int command_not_found = 127;

/// The line has ended or is silent: a sentence, for the user.
struct LineLost
{
    std::string why;
};

/// A descriptor that any thread can make readable.
class Bell
{
public:
    Bell()
        : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    {
    }
    ~Bell() { ::close(descriptor_); }
    Bell(const Bell&) = delete;
    Bell& operator=(const Bell&) = delete;

    int descriptor() const { return descriptor_; }
    void ring() const { ::eventfd_write(descriptor_, 1); }
    void silence() const
    {
        eventfd_t rung = 0;
        ::eventfd_read(descriptor_, &rung);
    }
    /// False where it was not rung in this time.
    bool wait(std::chrono::milliseconds time) const
    {
        pollfd one{ descriptor_, POLLIN, 0 };
        return ::poll(&one, 1, static_cast<int>(time.count())) > 0;
    }

private:
    int descriptor_;
};

} // namespace

std::string RemoteMirrorOptions::default_ssh()
{
    const char* other = std::getenv("CIRCUITLOOM_SSH");
    return other && *other ? other : "ssh";
}

std::vector<std::string> ssh_words(const RemoteMirrorOptions& options)
{
    std::vector<std::string> words{ options.ssh, "-T" };
    if (options.address.port > 0) {
        words.emplace_back("-p");
        words.push_back(std::to_string(options.address.port));
    }
    words.push_back(options.address.host);
    const std::string& path = options.address.path;
    words.push_back(options.program + " stream "
        + shell_word(path.starts_with('-') ? "./" + path : path));
    return words;
}

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
    void take(Mirror& mirror, ChildProcess& ssh, Json message, const std::string& name);
    void take_hello(Mirror& mirror, ChildProcess& ssh, const JsonObject& hello);
    [[noreturn]] void line_ended(ChildProcess& ssh, const FrameReader& frames,
        const std::string& complaint);
    void send(ChildProcess& ssh, const Json& message)
    {
        if (!ssh.write(frame_of(message)))
            throw LineLost{ "The line to " + options.address.host + " was cut." };
    }

    RemoteMirrorOptions options;
    MirrorObserver& observer;
    Bell bell;
    std::mutex mutex;
    std::deque<Json> posted;
    std::int64_t last_id = 0;
    std::set<std::int64_t> unanswered;
    MirrorState state;
    bool ready = false; ///< on this line: the request was sent
    bool versions_told = false;
};

void RemoteMirror::Impl::take_hello(Mirror& mirror, ChildProcess& ssh, const JsonObject& hello)
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
        observer.noticed(options.address.host + " has Circuitloom " + theirs
            + " (files of version " + std::to_string(schema) + "), here is " + options.version
            + " (files of version " + std::to_string(schema_version())
            + "): what only one of them knows is left out.");
    versions_told = true;
    if (!hello.boolean_or("exists", true) && !options.starts_runs)
        throw InputError("There is no file " + for_message(options.address.path) + " on "
            + options.address.host + ".");
    const StreamRequest request = mirror.request(options.checkpoints);
    send(ssh, { { "type", "request" }, { "protocol", stream_protocol },
        { "program", options.version }, { "schema", schema_version() },
        { "tables", request.tables }, { "have", request.have },
        { "checkpoints", request.checkpoints } });
    ready = true;
    tell(MirrorPhase::catching_up);
}

void RemoteMirror::Impl::take(
    Mirror& mirror, ChildProcess& ssh, Json message, const std::string& name)
{
    const JsonObject object(message, name);
    const std::string type = object.text("type");
    if (type == "hello") {
        take_hello(mirror, ssh, object);
    } else if (type == "status") {
        if (object.boolean_or("caught_up", false))
            tell(MirrorPhase::caught_up);
    } else if (type == "reply") {
        const std::int64_t id = object.integer("id", 0, most);
        if (unanswered.erase(id) > 0)
            observer.answered(id, object.boolean_or("ok", false), object.text("text"));
    } else if (type == "notice") {
        observer.noticed(for_message(object.text("text"), 2000));
    } else if (type == "refused") {
        const std::string why = for_message(object.text("text"), 2000);
        if (object.boolean_or("other_file", false))
            throw OtherOrigin(why);
        throw InputError(options.address.host + " says: " + why);
    } else {
        if (!ready)
            throw InputError(name + ": " + for_message(type) + " comes before hello.");
        mirror.take(std::move(message), name);
    }
}

void RemoteMirror::Impl::line_ended(
    ChildProcess& ssh, const FrameReader& frames, const std::string& complaint)
{
    const int code = ssh.wait();
    const std::string said = for_message(complaint, 500);
    const std::string& host = options.address.host;
    if (frames.number() == 0 && code == command_not_found)
        throw InputError("The command " + options.program + " was not found on " + host
            + "; install Circuitloom there, or say what the command is called there.");
    if (frames.number() == 0 && !frames.foreign().empty())
        throw LineLost{ host + " sent something else than a stream: "
            + for_message(frames.foreign(), 200) };
    throw LineLost{ "The line to " + host + " ended"
        + (said.empty() ? " (" + options.ssh + " left with " + std::to_string(code) + ")."
                        : ": " + said) };
}

void RemoteMirror::Impl::connect(Mirror& mirror, std::stop_token stop)
{
    tell(MirrorPhase::connecting);
    ready = false;
    ChildProcess ssh(ssh_words(options));
    FrameReader frames;
    std::string complaint;
    auto last_sign = Clock::now();
    pollfd all[] = { { ssh.output(), POLLIN, 0 }, { ssh.errors(), POLLIN, 0 },
        { bell.descriptor(), POLLIN, 0 } };
    while (!stop.stop_requested()) {
        const int rung = ::poll(all, 3, 500);
        if (all[2].revents != 0 && rung > 0) {
            if (ready) {
                for (const Json& message : take_posted()) {
                    unanswered.insert(message["id"].get<std::int64_t>());
                    send(ssh, message);
                }
            } else {
                bell.silence(); // what was posted waits for the connection
            }
        }
        if (all[1].revents != 0 && rung > 0) {
            const auto some = read_some(ssh.errors());
            if (!some)
                all[1].fd = -1;
            else
                complaint = (complaint + *some);
            if (complaint.size() > longest_complaint)
                complaint.erase(0, complaint.size() - longest_complaint);
        }
        if (all[0].revents != 0 && rung > 0) {
            const auto some = read_some(ssh.output());
            if (!some)
                line_ended(ssh, frames, complaint);
            last_sign = Clock::now();
            frames.add(*some);
            const bool was_ready = ready;
            while (auto message = frames.next())
                take(mirror, ssh, std::move(*message), frame_name(frames.number()));
            if (ready && !was_ready)
                bell.ring(); // what waited
        }
        // Before the first frame the user may be typing a passphrase.
        if (ready && Clock::now() - last_sign > options.longest_silence)
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
        if (!received && !ready)
            throw ResourceError(why);
        if (ready)
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

std::int64_t RemoteMirror::start(const std::string& configuration)
{
    return impl_->post({ { "type", "start" }, { "configuration", configuration } });
}

std::int64_t RemoteMirror::ask_devices()
{
    return impl_->post({ { "type", "ask" }, { "what", "devices" } });
}

std::int64_t RemoteMirror::ask_models()
{
    return impl_->post({ { "type", "ask" }, { "what", "models" } });
}

} // namespace circuitloom
