#pragma once

#include "core/analysis/edge_ages.h"
#include "core/base/ids.h"

#include <QObject>
#include <QString>

#include <memory>

namespace circuitloom::ui {

/// How old the edges of every iteration of one run are: read from its file in the background, a
/// piece at a time, and only once that is wanted.
class RunAges : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The run of `file` to read, and how many iterations it has by now; an empty file for none.
    void follow(const QString& file, RunId run, int iterations);
    /// Begins to read, or reads on, where that was never asked for before.
    void want();

    /// What is known so far.
    const EdgeAges& known() const { return ages_; }

Q_SIGNALS:
    /// More is known than before.
    void grown();
    void failed(const QString& sentence);

private:
    void read_on();

    QString file_;
    RunId run_;
    int iterations_ = 0;
    bool wanted_ = false;
    bool reading_ = false;
    int generation_ = 0; ///< drops what was read of a run that is no longer followed
    EdgeAges ages_;
};

} // namespace circuitloom::ui
