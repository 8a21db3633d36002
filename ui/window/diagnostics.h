#pragma once

#include <QString>
#include <QStringList>

namespace circuitloom::ui {

class ExperimentSession;

/// What a report of a fault should say about the program and the machine, in lines: versions of
/// Circuitloom, Qt and what the shown run was computed with, the platform, the devices, the schema
/// of the open file, and the last errors. The home folder is written as ~; neither the names of the
/// open file and of its runs nor any text of models or tasks are in it, unless an error has them.
///
/// `devices`: lines about what can be computed on; may be empty. `errors`: the newest at the end.
/// Reads the open file's version, on the caller's thread.
QString diagnostics_text(
    const ExperimentSession& session, const QString& devices, const QStringList& errors);

} // namespace circuitloom::ui
