#pragma once

#include "ui/export/export_choices.h"
#include "ui/export/run_data_job.h"

#include <QString>

namespace circuitloom::ui {

/// What is in a file that is no picture, in the place of a preview.
QString data_sentence(const ExportChoices& choices);
/// Of ExportChoices::run_format.
RunDataFormat run_data_format(const QString& format);

} // namespace circuitloom::ui
