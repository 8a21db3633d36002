#pragma once

#include "core/analysis/circuit_filter.h"
#include "core/layout/folded_layout.h"
#include "ui/circuit/circuit_geometry.h"
#include "ui/circuit/circuit_scene.h"

namespace circuitloom::ui {

/// The user's choice of what the edges' colours say.
enum class ColorChoice
{
    since_previous,
    since_start,
    since_chosen,
    sign,
    kind,
    age,
    single,
    certainty
};

enum class LayoutChoice
{
    lattice,
    dot,
    matrix
};

/// All that the user has done to a circuit view, whichever iteration it shows: what undo goes back
/// to.
struct ViewState
{
    CircuitCamera camera;
    GraphChoice selection;
    GraphChoice pinned;
    GraphChoice isolated; ///< only its paths are shown; everything where it is empty
    GraphChoice hidden;
    GraphChoice switched_off; ///< crossed out, and ablated where that is asked for
    Folding folding;
    CircuitFilter filter = first_filter();
    ColorChoice colors = ColorChoice::since_start;
    LayoutChoice layout = LayoutChoice::lattice;

    bool operator==(const ViewState&) const = default;
};

} // namespace circuitloom::ui
