#pragma once

#include "core/base/ids.h"
#include "core/remote/run_orders.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <thread>

namespace circuitloom {
class RemoteMirror;
struct RemoteMirrorOptions;
struct MirrorState;
struct SweepToStart;
}

namespace circuitloom::ui {

/// The mirror of a file on another machine, kept up to date by a thread of its own as long as it is
/// followed. The file itself is opened and shown as any other.
///
/// For the window's thread. No function waits for the line; follow() and leave() may wait for what is
/// being stored. What happens is told by signals.
class RemoteFile : public QObject
{
    Q_OBJECT

public:
    /// `folder`: where mirrors are kept; made where it does not exist.
    explicit RemoteFile(const QString& folder, QObject* parent = nullptr);
    ~RemoteFile() override;

    /// Follows ssh://host/path/run.loom, which has to be one (see parse_remote_address()), instead of
    /// the one before. ready() comes once there is something to show, or nothing is there yet.
    void follow(const QString& address);
    /// The same, into a mirror that lies anywhere.
    void follow(const QString& address, const QString& mirror);
    void leave();

    /// Empty while none is followed.
    const QString& mirror() const { return mirror_; }
    const QString& host() const { return host_; }
    /// As follow() was given it last.
    const QString& address() const { return address_; }
    /// As in "live from host" or "line to host lost, trying again in 8 s"; empty while none is
    /// followed.
    QString status() const;
    /// Where an order would arrive at once.
    bool connected() const { return connected_; }
    /// What the host answers comes by noticed().
    void order(RunId run, RunOrder order);
    // What follows gives the number under which answered() comes, once; 0 where none is followed.
    /// The JSON of `circuitloom-cli devices` and `models list` there.
    std::int64_t ask_devices();
    std::int64_t ask_models();
    /// Whether a run of this TOML can begin there; the answer is for parse_run_check().
    std::int64_t ask_check(const std::string& configuration);
    /// Starts it there, or several runs of it, where they go on without this program. That they began
    /// comes by noticed() too, and why they did not where whoever started them does not listen any more.
    std::int64_t start_run(const std::string& configuration, const SweepToStart& sweep);
    void leave_start_to_window() { start_left_ = true; }
    /// Where the program there is of another version, a sentence; else empty.
    const QString& versions() const { return versions_; }

    /// Where the mirror of the address lies, below `folder`.
    static QString mirror_of(const QString& folder, const QString& address);

Q_SIGNALS:
    /// There is something to show in the mirror; `anew` where another file has taken the place of
    /// the one that was there.
    void ready(const QString& mirror, bool anew);
    void status_changed();
    /// A sentence for the user.
    void noticed(const QString& sentence);
    /// `text` is what was asked for, or a sentence for the user where it is not `ok`.
    void answered(std::int64_t id, bool ok, const QString& text);
    /// It is followed no more; a sentence for the user.
    void failed(const QString& sentence, const QString& mirror);

private:
    class Listener;
    void start(const RemoteMirrorOptions& options);
    void take_state(const MirrorState& state);
    void take_answer(std::int64_t id, bool ok, const QString& text);
    std::int64_t await(std::int64_t id);
    void take_failure(const QString& sentence, bool other_file);

    QString folder_;
    QString mirror_;
    QString host_;
    QString address_;
    QString phase_; ///< in words
    QString versions_;
    QString why_lost_; ///< as it was told last; empty once the line is back
    bool connected_ = false;
    bool told_ready_ = false;
    bool anew_ = false;
    std::chrono::steady_clock::time_point retry_at_;
    bool lost_ = false;
    QTimer countdown_;
    std::set<std::int64_t> awaited_; ///< answers that are not for noticed() alone
    std::int64_t start_ = 0; ///< the answer awaited last that may be for it too
    bool start_left_ = false; ///< nobody else listens for it
    int generation_ = 0; ///< drops what an earlier line still had to tell
    std::unique_ptr<Listener> listener_;
    std::unique_ptr<RemoteMirror> line_;
    std::jthread thread_; // last: stops first
};

} // namespace circuitloom::ui
