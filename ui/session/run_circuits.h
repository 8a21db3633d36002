#pragma once

#include "core/graph/circuit.h"
#include "ui/session/file_reader.h"

#include <QCache>
#include <QObject>

#include <vector>

namespace circuitloom::ui {

/// The circuits of the run that is shown, as far as they are in memory, and the reading of others.
///
/// For the window's thread; nothing here waits for the disk. The newest wish wins: one that has not
/// begun is forgotten when another comes. Circuits on the way of travel are read ahead, so that
/// playing and scrubbing find them in memory.
class RunCircuits : public QObject
{
    Q_OBJECT

public:
    /// `reader` must outlive it.
    explicit RunCircuits(FileReader& reader);

    /// Another run, or the same with other circuits: what is known, and what is still being read,
    /// is forgotten.
    void follow(OpenFile file, RunId run, int iterations);
    void forget();
    /// How many the run has by now.
    void set_count(int iterations) { count_ = iterations; }
    /// One that was read already.
    void keep(int iteration, Circuit circuit);

    /// Null where it is not in memory. Lives until the next call of another function.
    const Circuit* known(int iteration) const;
    /// True where all of them are in memory; else arrived() comes once they have been read, unless
    /// a newer wish takes the place of this one. The first is the one to be shown; it says where
    /// the user is going.
    bool want(const std::vector<int>& iterations);

Q_SIGNALS:
    /// Circuits that were wanted are in memory.
    void arrived();
    /// Circuits that were wanted could not be read. A sentence for the user.
    void failed(const QString& sentence);

private:
    FileReader::Reading reading_of(std::vector<int> iterations, bool wanted);
    std::vector<FileReader::Reading> readings_ahead(int from);

    FileReader& reader_;
    QCache<int, Circuit> circuits_; ///< costs are edges
    OpenFile file_;
    RunId run_;
    int count_ = 0;
    int generation_ = 0; ///< drops what was read of a run that is no longer followed
    int last_wanted_ = 0;
};

} // namespace circuitloom::ui
