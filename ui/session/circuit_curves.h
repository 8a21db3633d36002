#pragma once

#include "core/base/ids.h"
#include "ui/session/curve_data.h"

#include <QObject>
#include <QString>

#include <atomic>
#include <map>
#include <memory>

namespace circuitloom::ui {

/// Figures of each iteration that only its circuit tells (core/analysis/dynamics.h).
struct CircuitCurves
{
    Curve distance; ///< weighted, from the circuit before
    Curve position; ///< between the run's ends
    Curve entropy; ///< nats
    int iterations = 0; ///< the run had when they were read
};

/// Reads the circuits of runs of one file in the background, with a connection of its own, and has
/// their CircuitCurves. Reads again what has grown by a twentieth, or has stopped growing: the
/// position of every iteration depends on the last ones. For the window's thread.
class CircuitCurvesReader : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~CircuitCurvesReader() override;

    /// The file of the runs, or none. Of another than before, what was known is forgotten.
    void open(const QString& file);
    /// The curves of the run are wanted; it has so many iterations by now.
    void want(RunId run, int iterations, bool growing);
    /// What is known so far; null for nothing.
    std::shared_ptr<const CircuitCurves> known(RunId run) const;

Q_SIGNALS:
    void grown();
    void failed(const QString& sentence);

private:
    struct Wanted
    {
        int iterations = 0;
        bool growing = false;
        bool failed = false; ///< not tried again
        std::shared_ptr<const CircuitCurves> curves;
    };

    static bool is_due(const Wanted& wanted);
    void read_next();
    void stop();

    QString file_;
    std::map<RunId, Wanted> wanted_;
    std::shared_ptr<std::atomic<bool>> stop_; ///< of the reading under way; null where there is none
};

} // namespace circuitloom::ui
