#pragma once

#include "core/run/method_table.h"

#include <array>
#include <string_view>

namespace circuitloom {

/// How edges are scored (algorithm.md, section 2).
enum class AttributionMethod
{
    eap,
    eap_ig,
    exact,
    random
};

/// What configurations, command lines and dialogs know of a way of scoring edges. How it is
/// computed stands in core/discovery/methods, one file each.
struct AttributionInfo
{
    AttributionMethod method;
    std::string_view name; ///< in files and on command lines
    std::string_view title; ///< in dialogs
    std::string_view help; ///< a sentence for users
    /// It compares with a baseline, so that Baseline::corrupted needs a corrupted prompt for every
    /// example.
    bool takes_baseline;
    bool takes_integration_steps; ///< DiscoveryOptions::integration_steps, ::path and ::points count
    bool explains_kl; ///< false: at the untouched model it scores every edge 0 by MetricKind::kl
    /// Why a run cannot score its steps by it, a sentence; empty where it can.
    std::string_view not_for_tuning;
};

/// One row for each AttributionMethod, in its order.
inline constexpr std::array attribution_methods{
    AttributionInfo{ AttributionMethod::eap, "eap", "Edge attribution patching",
        "One gradient at the clean input (arXiv 2310.10348).", true, false, false, "" },
    AttributionInfo{ AttributionMethod::eap_ig, "eap-ig", "Integrated gradients",
        "The mean of several gradients on the way from the baseline to the clean input (arXiv "
        "2403.17806).",
        true, true, true, "" },
    AttributionInfo{ AttributionMethod::exact, "exact", "Exact patching",
        "Patches every edge alone and takes the change of the metric.", true, false, true,
        "exact is too slow for every step." },
    AttributionInfo{ AttributionMethod::random, "random", "Random scores",
        "A control: scores drawn at random, whatever the task.", false, false, true,
        "random is a control for discoveries; circuit.method = \"random\" tunes random circuits." },
};
inline constexpr auto attribution_names = names_of(attribution_methods);

/// Throws InputError for a value that is none of the enumeration's.
const AttributionInfo& attribution_info(AttributionMethod method);
/// Throws InputError with the names there are.
const AttributionInfo& attribution_named(std::string_view name);

} // namespace circuitloom
