#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace circuitloom::ui {

/// A sentence of core/run about a configuration in the form's own words: settings by their labels
/// and choices by their titles, without the names and quotes of files. `"circuit.top_n is ; it must
/// be …"` becomes `"“Edges (N)” must be …"`.
QString form_sentence(const std::string& sentence);

/// The label of a setting in the form, as in "Learning rate" for optimizer.learning_rate.
QString setting_title(std::string_view setting);

} // namespace circuitloom::ui
