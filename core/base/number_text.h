#pragma once

#include <string>

namespace circuitloom {

/// How numbers are written, for people in the command line and the window alike, and for programs. In
/// ASCII and with a decimal point, whatever the locale of the program; the window puts the sentences
/// around them and may set its own minus sign.

/// With so many decimals, as in "2.50"; "not a number" and "infinite" for what is none.
std::string fixed(double number, int decimals);

/// With at most so many digits that count, as in "0.25", "1.2e-05", "nan".
std::string significant(double number, int digits);
/// The same with its sign also where it is positive, as in "+0.25".
std::string signed_significant(double number, int digits);

/// As in "97.5 %" of 0.975.
std::string percent(double share, int decimals = 1);
/// With only as many decimals as a small share needs, as in "97 %", "3.4 %", "0.05 %".
std::string short_percent(double share);

/// How long something took or will take, as in "4 s", "3 min 20 s", "2 h 5 min".
std::string duration(double seconds);
/// The same of what may take less than a second, as in "38.4 ms", "2.10 s".
std::string short_duration(double seconds);

/// The shortest text that reads back as the same number, as in "0.1", "1e-05".
std::string shortest(double number);
std::string shortest(float number);

} // namespace circuitloom
