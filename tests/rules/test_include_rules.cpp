#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "tests/rules/include_rules.h"

#include <algorithm>
#include <set>

using namespace circuitloom::rules;

namespace {

const std::filesystem::path root = CIRCUITLOOM_SOURCE_DIR;

} // namespace

TEST_CASE("the project's includes point down only")
{
    const Sources sources = read_sources(root);
    for (const std::string& violation : violations(sources))
        FAIL_CHECK(violation);
}

TEST_CASE("what is read is what the sources say")
{
    const Sources sources = read_sources(root);
    REQUIRE(sources.contains("core/run/presets.cpp"));
    bool found = false;
    for (const Include& include : sources.at("core/run/presets.cpp"))
        found |= include.quoted && include.path == "core/run/run_config.h";
    CHECK(found);
}

TEST_CASE("every rule sees the tree that breaks it")
{
    const std::set<std::string> expected{
        "core/analysis/knows_torch.cpp:1: <torch/types.h>: this part of the core needs no LibTorch",
        "core/base/knows_graph.h:3: core/graph/knows_qt.h: core/base stands below core/graph",
        "core/discovery/knows_tuning.cpp:1: core/tuning/above.h: core/discovery stands below "
        "core/tuning",
        "core/graph/knows_demo.cpp:1: core/demo/words.h: core/graph stands on the same floor as "
        "core/demo",
        "core/odds/and_ends.cpp: this folder stands on no floor of include_rules.cpp",
        "core/store/knows_engine.cpp:1: core/discovery/scores.h: core/store stands below "
        "core/discovery",
        "core/graph/knows_qt.h:3: <QString>: the core knows no Qt",
        "core/graph/knows_qt.h:4: <QtCore/qglobal.h>: the core knows no Qt",
        "core/graph/knows_qt.h:5: <qcustomplot.h>: the core knows no Qt",
        "core/run/not_from_root.cpp:1: neighbour.h: includes are written from the project's root",
        "core/store/knows_engine.cpp:1: core/discovery/scores.h > <torch/torch.h>: this part of "
        "the "
        "core needs no LibTorch",
        "core/store/knows_engine.cpp:1: core/discovery/scores.h: this part of the core knows no "
        "model, its architecture aside",
        "core/tasks/knows_torch.cpp:1: <ATen/Tensor.h>: this part of the core needs no LibTorch",
        "core/tasks/knows_torch.cpp:2: <c10/core/Device.h>: this part of the core needs no "
        "LibTorch",
        "core/tuning/knows_above.cpp:1: ui/panel.h: the core knows neither ui nor app",
        "core/tuning/knows_above.cpp:2: app/main.h: the core knows neither ui nor app",
        "core/tuning/knows_above.cpp:2: app/main.h: nothing but app knows app",
        "ui/knows_app.cpp:2: app/main.h: nothing but app knows app",
        "ui/knows_app.cpp:1: ui/panel.h > core/discovery/scores.h > <torch/torch.h>: the ui knows "
        "no LibTorch",
        "ui/knows_app.cpp:2: app/main.h > <torch/torch.h>: the ui knows no LibTorch",
        "ui/panel.h:4: core/discovery/scores.h > <torch/torch.h>: the ui knows no LibTorch",
        "ui/panel.h:4: core/discovery/scores.h: the ui knows the engine by core/run alone",
        "ui/theme/knows_window.cpp:1: ui/window/window.h: ui/theme stands below ui/window",
    };
    const std::vector<std::string> found = violations(read_sources(root / "tests/rules/bad_tree"));
    for (const std::string& violation : found)
        CHECK_MESSAGE(expected.contains(violation), "not expected: " << violation);
    for (const std::string& violation : expected)
        CHECK_MESSAGE(std::count(found.begin(), found.end(), violation) == 1, violation);
}

TEST_CASE("a tree without sources is no clean tree")
{
    CHECK_THROWS(read_sources(root / "tests/data"));
    CHECK_THROWS(read_sources(root / "tests/rules/bad_tree/core"));
}
