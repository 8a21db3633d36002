#include "ui/dialogs/host_questions.h"

#include "core/base/error.h"
#include "core/remote/run_start.h"
#include "ui/session/remote_file.h"

#include <functional>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int settle = 400; ///< milliseconds without a change

} // namespace

HostQuestions::HostQuestions(RemoteFile& remote, QObject* parent)
    : QObject(parent)
    , remote_(remote)
{
    soon_.setSingleShot(true);
    soon_.setInterval(settle);
    connect(&soon_, &QTimer::timeout, this, &HostQuestions::ask);
    connect(&remote_, &RemoteFile::answered, this, &HostQuestions::take);
    connect(&remote_, &RemoteFile::status_changed, this, [this] {
        ask();
        Q_EMIT told();
    });
}

HostQuestions::~HostQuestions()
{
    if (starting())
        remote_.leave_start_to_window();
}

QString HostQuestions::host() const
{
    return remote_.host();
}

QString HostQuestions::address() const
{
    return remote_.address();
}

QString HostQuestions::line() const
{
    return remote_.versions().isEmpty() ? remote_.status()
                                        : remote_.status() + u'\n' + remote_.versions();
}

void HostQuestions::show_run(const RunConfig& config)
{
    std::string toml = to_toml(config);
    if (toml == wanted_)
        return;
    wanted_ = std::move(toml);
    doubt_.clear();
    soon_.start();
}

void HostQuestions::ask()
{
    if (!remote_.connected())
        return;
    if (!wanted_.empty() && check_question_ == 0 && !soon_.isActive() && checked_ != wanted_
        && unchecked_ != wanted_) {
        asked_ = wanted_;
        check_question_ = remote_.ask_check(asked_);
    }
    if (!knows_models_ && models_question_ == 0)
        models_question_ = remote_.ask_models();
    if (!knows_devices_ && devices_question_ == 0)
        devices_question_ = remote_.ask_devices();
}

void HostQuestions::take(std::int64_t id, bool ok, const QString& text)
{
    const auto read = [&](bool& known, const std::function<void(const std::string&)>& parse) {
        known = ok || remote_.connected(); // a lost line is asked again
        try {
            if (ok)
                parse(text.toStdString());
            else if (remote_.connected())
                doubt_ = text;
        } catch (const Error& why) {
            doubt_ = QString::fromUtf8(why.what());
        }
    };
    const std::string origin = host().toStdString() + "'s answer";
    if (id == 0)
        return;
    if (id == std::exchange(start_, start_ == id ? 0 : start_))
        take_start(ok, text);
    else if (id == check_question_)
        take_check(ok, text);
    else if (id == models_question_) {
        models_question_ = 0;
        read(knows_models_,
            [&](const std::string& json) { models_ = parse_listed_models(json, origin); });
    } else if (id == devices_question_) {
        devices_question_ = 0;
        read(knows_devices_,
            [&](const std::string& json) { devices_ = parse_listed_devices(json, origin); });
    } else {
        return;
    }
    Q_EMIT told();
}

void HostQuestions::take_check(bool ok, const QString& text)
{
    check_question_ = 0;
    try {
        if (ok) {
            check_ = parse_run_check(text.toStdString(), host().toStdString() + "'s answer");
            checked_ = asked_;
        } else if (remote_.connected()) {
            throw InputError(text.toStdString());
        }
    } catch (const Error& why) {
        unchecked_ = asked_;
        if (asked_ == wanted_)
            doubt_ = tr("%1 could not check the run: %2")
                         .arg(host(), QString::fromUtf8(why.what()));
    }
    ask(); // the run may have changed meanwhile
}

QString HostQuestions::obstacle() const
{
    if (remote_.mirror().isEmpty())
        return tr("The file there is not followed any more; open it again.");
    if (starting())
        return tr("Starting on %1 …").arg(host());
    if (!remote_.connected())
        return tr("%1: a run can be started once the line is there.").arg(remote_.status());
    if (checked_ != wanted_ && unchecked_ != wanted_)
        return tr("Asking %1 whether the run can begin there …").arg(host());
    return {};
}

void HostQuestions::start(const RunConfig& config, const std::vector<SweepAxis>& axes, int seeds)
{
    if (starting())
        return;
    doubt_.clear();
    SweepToStart sweep;
    for (const SweepAxis& axis : axes)
        sweep.axes.push_back(axis_text(axis));
    sweep.seeds = seeds;
    start_ = remote_.start_run(to_toml(config), sweep);
    Q_EMIT told();
}

void HostQuestions::take_start(bool ok, const QString& text)
{
    if (ok) {
        Q_EMIT started();
        return;
    }
    doubt_ = remote_.connected()
        ? tr("The run was not started: %1").arg(text)
        : tr("%1 Whether the run has begun is seen among the runs once the line is back.")
              .arg(text);
}

} // namespace circuitloom::ui
