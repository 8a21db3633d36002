#pragma once

#include <QString>

namespace circuitloom::ui {

/// The finished comparison that comes with the program: the name of a resource that is a .loom
/// file. resources/samples/README.md says how it is made.
QString sample_experiment();
/// The name under which somebody's own copy of it is kept.
QString sample_experiment_name();
/// Whether a file of the application's own folder is that copy.
bool is_sample_experiment(const QString& file);
/// What it is called where the user sees it.
QString sample_experiment_title();

} // namespace circuitloom::ui
