#pragma once

#include "core/analysis/score_blocks.h"

#include <functional>
#include <vector>

namespace circuitloom::ui {

/// Where edges were at some moments of a run: each in its group while a circuit has it, or out.
/// Heights are edges: those that are in a circuit at any of the moments fill every moment.
struct AlluvialFlow
{
    static constexpr int out = -1; ///< in place of a group

    struct Block
    {
        std::size_t moment = 0; ///< place in `moments`
        int group = out;
        std::vector<EdgeId> edges; ///< ascending
        double bottom = 0; ///< edges of the blocks below it
    };
    /// Edges that are in one group, or out, at a moment, and in the same, or out, at the next one.
    struct Ribbon
    {
        std::size_t moment = 0; ///< the earlier one
        int from = out;
        int to = out;
        std::vector<EdgeId> edges; ///< ascending
        double bottom_before = 0; ///< as Block::bottom, at either moment
        double bottom_after = 0;
    };

    std::vector<int> moments; ///< iterations, as they were given
    int groups = 0;
    int edges = 0; ///< that are in at any moment
    std::vector<Block> blocks; ///< moment by moment, from below: out, then group by group
    std::vector<Ribbon> ribbons;
};

/// `group_of` gives an edge's group, from 0 to below `groups`. Blocks without edges are left out,
/// and so is what is out at both of two moments.
AlluvialFlow alluvial_flow(const ScoreBlocks& blocks, const std::vector<int>& moments, int groups,
    const std::function<int(EdgeId)>& group_of);

} // namespace circuitloom::ui
