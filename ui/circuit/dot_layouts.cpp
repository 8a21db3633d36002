#include "ui/circuit/dot_layouts.h"

#include "core/base/error.h"
#include "core/layout/dot_process.h"

#include <QProcess>

#include <string>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int kept_layouts = 16;

} // namespace

DotLayouts::DotLayouts(const QString& program, QObject* parent)
    : QObject(parent)
    , program_(program)
    , known_(kept_layouts)
{
}

DotLayouts::~DotLayouts()
{
    cancel();
}

void DotLayouts::request(std::shared_ptr<const ComputationalGraph> graph,
    std::shared_ptr<const CircuitLayout> base, std::vector<EdgeId> edges)
{
    cancel();
    const DotRequest request = dot_request(*graph, *base, edges);
    job_ = { std::move(graph), std::move(base), std::move(edges),
        QByteArray::fromStdString(dot_request_json(request)) };
    if (const DotPlaces* places = known_.object(job_.request)) {
        finish(*places);
        return;
    }
    process_ = new QProcess(this);
    connect(process_, &QProcess::finished, this, &DotLayouts::take_answer);
    connect(process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(tr("The dot layout needs a second process, and %1 did not start: %2.")
                     .arg(program_, process_->errorString()));
    });
    process_->start(program_, { QString::fromLatin1(dot_process_argument) });
    if (!process_)
        return; // it could not even begin, and that has been told
    process_->write(job_.request);
    process_->closeWriteChannel();
}

void DotLayouts::cancel()
{
    if (!process_)
        return;
    QProcess* process = std::exchange(process_, nullptr);
    process->disconnect(this);
    // It goes once it has ended, which this does not wait for.
    process->setParent(nullptr);
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    process->kill();
    if (process->state() == QProcess::NotRunning)
        process->deleteLater();
}

void DotLayouts::take_answer()
{
    const bool crashed = process_->exitStatus() != QProcess::NormalExit;
    const std::string answer = process_->readAllStandardOutput().toStdString();
    try {
        if (crashed)
            throw ResourceError(tr("Graphviz ended before its layout was done: the circuit has too "
                                   "many edges for it. Show fewer, or use the lattice.")
                                    .toStdString());
        const DotPlaces places = read_dot_answer(answer);
        known_.insert(job_.request, new DotPlaces(places));
        finish(places);
    } catch (const Error& error) {
        fail(QString::fromStdString(error.what()));
    }
}

void DotLayouts::finish(const DotPlaces& places)
{
    const auto layout = std::make_shared<const CircuitLayout>(
        dot_layout(*job_.graph, *job_.base, job_.edges, places));
    if (process_)
        std::exchange(process_, nullptr)->deleteLater();
    Q_EMIT ready(layout);
}

void DotLayouts::fail(const QString& sentence)
{
    std::exchange(process_, nullptr)->deleteLater();
    Q_EMIT failed(sentence);
}

} // namespace circuitloom::ui
