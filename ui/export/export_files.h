#pragma once

#include "ui/export/export_choices.h"

#include <QString>

#include <filesystem>

namespace circuitloom::ui {

/// The file that an export is proposed to go to: in the folder of the last export, else where
/// pictures are kept, named after the experiment and the run, so that two experiments do not
/// propose one file. `iteration`: the one whose circuit is exported.
QString proposed_file(const ExportChoices& choices, const std::filesystem::path& experiment,
    const QString& run, int iteration);

/// The folder of the last export; else where pictures are kept, else the user's own.
QString folder_for_export(const QString& last);

/// `file`, a name that the user gave, with the end that `format` has; nothing else changes in it.
QString with_format(const QString& file, const QString& format);

/// The folder to remember for the next export, where this one goes to `file`. Numbered pictures
/// have a folder of their own, which is not meant.
QString folder_of_export(const QString& file, const ExportChoices& choices);

} // namespace circuitloom::ui
