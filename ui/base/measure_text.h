#pragma once

#include "core/base/measure.h"

#include <QString>

#include <string_view>

namespace circuitloom::ui {

/// What a text of core/base/number_text.h looks like in the window: with a real minus sign.
QString shown_number(const std::string& text);

/// A score or a change with its sign, as in "+0.1250", "−0.5000"; none where it rounds to zero.
QString signed_number(double value, int decimals);

/// The measure's title in the user's language; of one that this version does not know, its name.
QString title_of(const Measure& measure);

/// The same within a sentence, where an English title begins small.
QString title_within(const Measure& measure);

/// What a suite is called; a run's own task in the user's language.
QString title_of_suite(std::string_view suite);

/// Its unit likewise, as in "nats"; empty for none.
QString unit_of(const Measure& measure);

/// As in "97.5 %", "2.41", "−0.30"; a dash for what is no finite number.
QString shown_value(const Measure& measure, double value);
/// The same with another number of decimals.
QString shown_value(Notation notation, double value, int decimals);

} // namespace circuitloom::ui
