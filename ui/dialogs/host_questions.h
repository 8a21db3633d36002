#pragma once

#include "core/run/listed_there.h"
#include "core/run/run_check.h"
#include "core/run/sweep.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>
#include <string>
#include <vector>

namespace circuitloom::ui {

class RemoteFile;

/// What a dialog asks of the host whose file is followed, about a run that is to begin there:
/// devices, models, whether the run can begin; and has it begin. Asks again what had no answer when
/// the line is back. For the window's thread; no function waits.
class HostQuestions : public QObject
{
    Q_OBJECT

public:
    /// `remote` must outlive it.
    explicit HostQuestions(RemoteFile& remote, QObject* parent = nullptr);
    ~HostQuestions() override;

    QString host() const;
    /// Of the file there.
    QString address() const;
    /// How the line is, and which version is there where it is another one.
    QString line() const;
    /// As far as they were told.
    const std::optional<Devices>& devices() const { return devices_; }
    const std::vector<ListedModel>& models() const { return models_; }

    /// Asks whether it can begin there, a moment after the last change.
    void show_run(const RunConfig& config);
    /// Of the run shown, or still of one before.
    const std::optional<RunCheck>& check() const { return check_; }
    bool check_is_of_run() const { return checked_ == wanted_; }
    /// Why the run cannot be started at the moment; empty where it can.
    QString obstacle() const;
    /// What the host could not say or do, as a sentence; the run can be started nonetheless.
    const QString& doubt() const { return doubt_; }

    /// Then started() comes, or the reason stands in doubt().
    void start(const RunConfig& config, const std::vector<SweepAxis>& axes, int seeds);
    bool starting() const { return start_ != 0; }

Q_SIGNALS:
    /// Something that these functions give is another.
    void told();
    void started();

private:
    void ask();
    void take(std::int64_t id, bool ok, const QString& text);
    void take_check(bool ok, const QString& text);
    void take_start(bool ok, const QString& text);

    RemoteFile& remote_;
    std::optional<Devices> devices_;
    std::vector<ListedModel> models_;
    std::optional<RunCheck> check_;
    QString doubt_;
    std::string wanted_; ///< TOML of the run shown
    std::string asked_; ///< of the check under way
    std::string checked_; ///< of check()
    std::string unchecked_; ///< of the run that the host could not check
    bool knows_devices_ = false; ///< or has said that it cannot tell
    bool knows_models_ = false;
    // Numbers of questions under way; 0 for none.
    std::int64_t devices_question_ = 0;
    std::int64_t models_question_ = 0;
    std::int64_t check_question_ = 0;
    std::int64_t start_ = 0;
    QTimer soon_;
};

} // namespace circuitloom::ui
