#pragma once

#include <optional>

class QKeyEvent;

namespace circuitloom::ui {

/// What a key does in a list of items that Up and Down walk through and Return opens.
struct ItemStep
{
    int item = 0; ///< where the keyboard is now
    bool opens = false; ///< the item, rather than going there
};

/// Nothing for other keys, where there are no items, and for Return at none of them. `current`: where
/// the keyboard is; −1 for nowhere yet, from which either arrow goes to the first.
std::optional<ItemStep> item_step(const QKeyEvent& event, int current, int count);

} // namespace circuitloom::ui
