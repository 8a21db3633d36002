#pragma once

#include <QStringList>

class QWidget;

namespace circuitloom::ui {

/// The files that are there already of what is written to `file`: itself, or, where it is the name
/// of a film in numbered frames, those that have names of its frames.
QStringList files_there(const QString& file, bool is_film);

/// Asks whether these files, at least one, may be replaced; Cancel is the default.
bool may_replace(QWidget& parent, const QStringList& files);

/// What to say once the writing of `file`, a film or a report, was called off.
QString cancelled_text(const QString& file);

} // namespace circuitloom::ui
