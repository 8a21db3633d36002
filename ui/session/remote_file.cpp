#include "ui/session/remote_file.h"

#include "core/base/error.h"
#include "core/remote/remote_mirror.h"
#include "ui/base/file_path.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QPointer>

#include <cmath>
#include <functional>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int second_ms = 1000;
constexpr int digest_letters = 12;

QString text(const std::string& words)
{
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

// A folder's name that any host may have.
QString folder_name(QString host)
{
    for (QChar& letter : host)
        if (!letter.isLetterOrNumber() && letter != u'-' && letter != u'.' && letter != u'@')
            letter = u'_';
    return host;
}

} // namespace

/// Hands what the line tells over to the window's thread.
class RemoteFile::Listener : public MirrorObserver
{
public:
    Listener(RemoteFile& file, int generation)
        : file_(&file)
        , generation_(generation)
    {
    }

    void changed(const MirrorState& state) override
    {
        tell([state](RemoteFile& file) { file.take_state(state); });
    }
    void noticed(const std::string& sentence) override
    {
        tell([sentence = text(sentence)](RemoteFile& file) { Q_EMIT file.noticed(sentence); });
    }
    void troubled(const std::string& sentence) override { noticed(sentence); }
    void absent() override
    {
        tell([](RemoteFile& file) {
            Q_EMIT file.noticed(
                tr("There is no such file on %1 yet. The first run that is started there, with "
                   "Run → New run, makes it.")
                    .arg(file.host_));
        });
    }
    void differs(const std::string& sentence) override
    {
        tell([sentence = text(sentence)](RemoteFile& file) {
            file.versions_ = sentence;
            Q_EMIT file.status_changed();
            Q_EMIT file.noticed(sentence);
        });
    }
    void answered(std::int64_t id, bool ok, const std::string& answer) override
    {
        tell([id, ok, answer = text(answer)](
                 RemoteFile& file) { file.take_answer(id, ok, answer); });
    }
    void ended(std::int64_t, bool, const std::string& sentence) override { noticed(sentence); }

    void tell(std::function<void(RemoteFile&)> what)
    {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [file = file_, generation = generation_, what = std::move(what)] {
                if (RemoteFile* there = file.data(); there && there->generation_ == generation)
                    what(*there);
            },
            Qt::QueuedConnection);
    }

private:
    QPointer<RemoteFile> file_;
    int generation_;
};

RemoteFile::RemoteFile(const QString& folder, QObject* parent)
    : QObject(parent)
    , folder_(folder)
{
    countdown_.setInterval(second_ms);
    connect(&countdown_, &QTimer::timeout, this, &RemoteFile::status_changed);
}

RemoteFile::~RemoteFile()
{
    blockSignals(true); // whoever listens may be half gone
    leave();
}

QString RemoteFile::mirror_of(const QString& folder, const QString& address)
{
    const RemoteAddress parts = parse_remote_address(address.toStdString());
    const QByteArray whole = QByteArray::fromStdString(text_of(parts));
    const QString digest = QString::fromLatin1(
        QCryptographicHash::hash(whole, QCryptographicHash::Sha256).toHex().left(digest_letters));
    QString name = text(file_name_of(parts));
    if (name == u"." || name == u"..")
        name = QStringLiteral("run.loom");
    return folder + u'/' + folder_name(text(parts.host)) + u'/' + digest + u'/' + name;
}

void RemoteFile::follow(const QString& address)
{
    follow(address, mirror_of(folder_, address));
}

void RemoteFile::follow(const QString& address, const QString& mirror)
{
    leave();
    RemoteMirrorOptions options;
    options.address = parse_remote_address(address.toStdString());
    options.version = QCoreApplication::applicationVersion().toStdString();
    options.file = path_of(mirror);
    options.starts_runs = true;
    QDir().mkpath(QFileInfo(mirror).path());
    address_ = address;
    mirror_ = mirror;
    host_ = text(options.address.host);
    start(options);
}

void RemoteFile::start(const RemoteMirrorOptions& options)
{
    ++generation_;
    told_ready_ = false;
    listener_ = std::make_unique<Listener>(*this, generation_);
    line_ = std::make_unique<RemoteMirror>(options, *listener_);
    phase_ = tr("connecting to %1").arg(host_);
    thread_ = std::jthread([line = line_.get(), listener = listener_.get()](std::stop_token stop) {
        const auto fail = [&](const char* why, bool other_file) {
            listener->tell([sentence = QString::fromUtf8(why), other_file](RemoteFile& file) {
                file.take_failure(sentence, other_file);
            });
        };
        try {
            line->run(std::move(stop));
        } catch (const OtherOrigin& other) {
            fail(other.what(), true);
        } catch (const std::exception& why) {
            fail(why.what(), false);
        }
    });
    Q_EMIT status_changed();
}

void RemoteFile::leave()
{
    thread_ = {}; // stops and joins
    line_.reset();
    listener_.reset();
    ++generation_;
    countdown_.stop();
    lost_ = false;
    connected_ = false;
    anew_ = false;
    why_lost_.clear();
    versions_.clear();
    start_ = 0;
    const QString host = host_;
    for (const std::int64_t id : std::exchange(awaited_, {}))
        Q_EMIT answered(id, false, tr("The file on %1 is not followed any more.").arg(host));
    if (mirror_.isEmpty())
        return;
    mirror_.clear();
    host_.clear();
    phase_.clear();
    Q_EMIT status_changed();
}

QString RemoteFile::status() const
{
    if (!lost_)
        return phase_;
    const std::chrono::duration<double> left = retry_at_ - std::chrono::steady_clock::now();
    const auto seconds = std::max(1, static_cast<int>(std::ceil(left.count())));
    return tr("line to %1 lost, trying again in %2 s").arg(host_).arg(seconds);
}

void RemoteFile::order(RunId run, RunOrder order)
{
    if (line_)
        line_->order(run, order);
}

std::int64_t RemoteFile::await(std::int64_t id)
{
    awaited_.insert(id);
    return id;
}

std::int64_t RemoteFile::ask_devices()
{
    return line_ ? await(line_->ask_devices()) : 0;
}

std::int64_t RemoteFile::ask_models()
{
    return line_ ? await(line_->ask_models()) : 0;
}

std::int64_t RemoteFile::ask_check(const std::string& configuration)
{
    return line_ ? await(line_->ask_check(configuration)) : 0;
}

std::int64_t RemoteFile::start_run(const std::string& configuration, const SweepToStart& sweep)
{
    start_left_ = false;
    return line_ ? start_ = await(line_->start(configuration, sweep)) : 0;
}

void RemoteFile::take_answer(std::int64_t id, bool ok, const QString& text)
{
    const bool awaited = awaited_.erase(id) > 0;
    if (!awaited || (id == start_ && (ok || start_left_)))
        Q_EMIT noticed(text);
    if (awaited)
        Q_EMIT answered(id, ok, text);
}

void RemoteFile::take_state(const MirrorState& state)
{
    lost_ = state.phase == MirrorPhase::lost;
    connected_ = state.phase == MirrorPhase::catching_up || state.phase == MirrorPhase::caught_up;
    switch (state.phase) {
    case MirrorPhase::connecting:
        phase_ = tr("connecting to %1").arg(host_);
        break;
    case MirrorPhase::catching_up:
        phase_ = tr("catching up with %1").arg(host_);
        break;
    case MirrorPhase::caught_up:
        phase_ = tr("live from %1").arg(host_);
        break;
    case MirrorPhase::lost:
        retry_at_ = std::chrono::steady_clock::now() + state.retry;
        break;
    }
    if (lost_)
        countdown_.start();
    else
        countdown_.stop();
    Q_EMIT status_changed();
    const QString why = lost_ ? text(state.why) : QString();
    if (state.phase != MirrorPhase::connecting && std::exchange(why_lost_, why) != why && lost_)
        Q_EMIT noticed(why);
    // A mirror of earlier days is worth showing while its line is not there.
    if ((lost_ || state.phase == MirrorPhase::caught_up) && !std::exchange(told_ready_, true))
        Q_EMIT ready(mirror_, std::exchange(anew_, false));
}

void RemoteFile::take_failure(const QString& sentence, bool other_file)
{
    const QString address = address_;
    const QString mirror = mirror_;
    const QString host = host_;
    leave();
    if (!other_file) {
        Q_EMIT failed(sentence, mirror);
        return;
    }
    const QString folder = QFileInfo(mirror).path();
    QString aside;
    for (int number = 1; aside.isEmpty() || QFileInfo::exists(aside); ++number)
        aside = folder + QStringLiteral("-older-%1").arg(number);
    if (mirror != mirror_of(folder_, address) || !QDir().rename(folder, aside)) {
        Q_EMIT failed(sentence, mirror);
        return;
    }
    Q_EMIT noticed(tr("There is another file on %1 now; what the earlier one held is in %2.")
                       .arg(host, aside));
    follow(address);
    anew_ = true;
}

} // namespace circuitloom::ui
