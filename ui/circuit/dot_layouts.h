#pragma once

#include "core/layout/dot_layout.h"

#include <QCache>
#include <QObject>
#include <QString>

#include <memory>
#include <vector>

class QProcess;

namespace circuitloom::ui {

/// Has Graphviz lay circuits out in a process of its own, one at a time, so that it can be stopped
/// and may crash. Keeps the newest results.
class DotLayouts : public QObject
{
    Q_OBJECT

public:
    /// `program`: circuitloom itself; see dot_process_argument.
    explicit DotLayouts(const QString& program, QObject* parent = nullptr);
    ~DotLayouts() override;

    /// Begins to lay out; ends with ready() or failed(), at once where the result is known. Cancels
    /// what is under way. `edges`: strongest first.
    void request(std::shared_ptr<const ComputationalGraph> graph,
        std::shared_ptr<const CircuitLayout> base, std::vector<EdgeId> edges);
    /// Stops what is under way: neither ready() nor failed() comes for it.
    void cancel();
    bool busy() const { return process_ != nullptr; }

Q_SIGNALS:
    void ready(std::shared_ptr<const CircuitLayout> layout);
    /// A sentence for the user.
    void failed(const QString& sentence);

private:
    struct Job
    {
        std::shared_ptr<const ComputationalGraph> graph;
        std::shared_ptr<const CircuitLayout> base;
        std::vector<EdgeId> edges;
        QByteArray request; ///< all that the places depend on
    };

    void take_answer();
    void finish(const DotPlaces& places);
    void fail(const QString& sentence);

    QString program_;
    QProcess* process_ = nullptr;
    Job job_;
    QCache<QByteArray, DotPlaces> known_; ///< by request
};

} // namespace circuitloom::ui
