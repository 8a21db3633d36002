#pragma once

#include <QString>
#include <QStringList>

namespace circuitloom {

/// What `circuitloom export` makes, as --what and the name of its file say. Each is a bit.
enum class Exported : unsigned
{
    picture = 1, ///< of the circuit of an iteration
    edges = 2, ///< of it, as data
    curves = 4, ///< as a picture
    curve_numbers = 8,
    sweep = 16, ///< as a picture
    sweep_numbers = 32,
    film = 64,
};

/// `what` is circuit, curves or sweep.
Exported exported_by(const QString& what, const QString& out);

/// Looks for options, by their long names, that mean nothing for what is made. Throws InputError,
/// in a sentence that says what they are of, where one would choose what is shown. Those that are
/// of how things look alone are remarked on: a script may give all that it makes the same ones.
QStringList meaningless_looks(Exported made, const QStringList& given);

} // namespace circuitloom
