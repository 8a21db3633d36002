#pragma once

#include "core/base/ids.h"

#include <QObject>
#include <QString>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>

namespace circuitloom {
class ComputationalGraph;
struct CircuitFilter;
struct RunEdges;
} // namespace circuitloom

namespace circuitloom::ui {

class CircuitView;
class RunDotLayout;

/// Gives a second circuit view the layouts that the first one has, made for what the second shows:
/// the lattice close together, the matrix and the dot layout of all edges of its runs. For the
/// window's thread; circuits are read in the background. Its end does not wait for a reading under
/// way, which then goes on to its own end and is forgotten.
class SecondLayouts : public QObject
{
    Q_OBJECT

public:
    /// `view` must outlive it. `program`: see RunDotLayout.
    SecondLayouts(CircuitView& view, const QString& program, QObject* parent = nullptr);
    ~SecondLayouts() override;

    void set_program(const QString& program);
    /// The view shows iteration `index` of one of these runs of a file, all of one graph; the
    /// layouts are made of the circuits of all.
    void show(const std::filesystem::path& file, const std::set<RunId>& runs, int index);
    /// The view shows no circuit.
    void show_none();

    /// For tests: runs on the thread that reads before each reading.
    void set_before_reading(std::function<void()> before);

Q_SIGNALS:
    /// A sentence for the user. The plain layout is shown.
    void failed(const QString& sentence);

private:
    void read(const CircuitFilter& filter);

    CircuitView& view_;
    RunDotLayout* dot_;
    std::filesystem::path file_;
    std::set<RunId> runs_;
    /// Counts what is read; what was read for runs or a filter that are no longer shown is dropped,
    /// and not read where another thread has not begun.
    std::shared_ptr<std::atomic<int>> newest_ = std::make_shared<std::atomic<int>>(0);
    std::function<void()> before_reading_;
};

} // namespace circuitloom::ui
