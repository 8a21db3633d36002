#pragma once

#include <QString>

namespace circuitloom::ui {

/// Has the program's texts, and Qt's own where its translations are installed, shown in `language`,
/// as in "de"; empty stands for the user's languages (LANGUAGE, LC_ALL, LC_MESSAGES, LANG), of which
/// the first with a catalogue counts. Dates and sizes follow a language that is named here. Without
/// a catalogue the texts are English. Returns the language shown. Call it once, on the main thread,
/// after the application was made and before anything that has texts.
QString install_translations(const QString& language = {});

} // namespace circuitloom::ui
