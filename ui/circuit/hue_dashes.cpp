#include "ui/circuit/hue_dashes.h"

#include <algorithm>
#include <cstddef>

namespace circuitloom::ui {

namespace {

struct Dashes
{
    float dash = 0; ///< pixels; 0 for a solid line
    float gap = 0;
};

constexpr Dashes solid;
constexpr Dashes is_long{ 16, 4 };
constexpr Dashes medium{ 7, 4 };
constexpr Dashes dotted{ 2, 5 };
constexpr Dashes fine{ 3, 3.5F };

Dashes dashes_of(Hue hue)
{
    switch (hue) {
    case Hue::entered:
    case Hue::positive:
    case Hue::query:
    case Hue::core:
        return solid;
    case Hue::stronger:
    case Hue::key:
        return is_long;
    case Hue::kept:
    case Hue::negative:
    case Hue::value:
    case Hue::contingent:
        return medium;
    case Hue::weaker:
    case Hue::mlp:
    case Hue::noise:
        return dotted;
    case Hue::left:
    case Hue::logits:
        return fine;
    case Hue::neutral:
    case Hue::young:
    case Hue::old:
    case Hue::single:
        return solid;
    }
    return solid;
}

} // namespace

void add_dashes(DrawnCurve& curve, Hue hue, const Theme& theme)
{
    if (!theme.dashes && hue != Hue::left)
        return;
    const Dashes dashes = dashes_of(hue);
    curve.dash = dashes.dash;
    curve.gap = dashes.gap;
}

void add_dashes(DrawnCurve& curve, const HueMix& mix, const Theme& theme)
{
    // The solid part of an edge has nothing of what it leaves behind, and the colours of the signs
    // fade to what says neither.
    HueMix meant = mix;
    meant[static_cast<std::size_t>(Hue::left)] = 0;
    meant[static_cast<std::size_t>(Hue::neutral)] = 0;
    add_dashes(curve, static_cast<Hue>(std::ranges::max_element(meant) - meant.begin()), theme);
}

} // namespace circuitloom::ui
