#include "core/base/error.h"
#include "core/base/random.h"
#include "core/run/run_config.h"
#include "core/run/run_options.h"
#include "core/tasks/capability_suite.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <set>

using namespace circuitloom;

namespace {

std::string refusal(const std::function<void()>& action)
{
    try {
        action();
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

std::string parse_refusal(const std::string& toml)
{
    return refusal([&] { parse_run_config(toml, "my.toml"); });
}

bool mentions(const std::string& text, std::initializer_list<const char*> parts)
{
    bool all = !text.empty();
    for (const char* part : parts)
        all = all && text.find(part) != std::string::npos;
    if (!all)
        MESSAGE("the message was: " << text);
    return all;
}

// Every field away from its default.
RunConfig unusual()
{
    RunConfig c;
    c.name = "a \"quoted\" näme\twith \\ and \n and \x01";
    c.model = "/models/x=y#z";
    c.task = "task.jsonl";
    c.held_out_task = "held out.jsonl";
    c.capabilities = { { "was/were", "demo/was-were" }, { "text = 1", "dir/file.txt" } };
    c.method = TuningMethod::random;
    c.graph = { GraphKind::paper, 64 };
    c.discovery = { AttributionMethod::eap_ig, Baseline::corrupted, ScoredPositions::all,
        MetricKind::kl, IntegrationPath::activations, 7, IntegrationPoints::left };
    c.selection = { SelectionRule::top_nodes, 1000, 0.125, true, false, true };
    c.smoothing_beta1 = 0.85;
    c.smoothing_beta2 = 0.95;
    c.discover_every = 8;
    c.score_on = ScoredOn::probe;
    c.probe_examples = 9;
    c.resamples = 50;
    c.train_layer0_qkv = false;
    c.steps = 12345;
    c.batch = 3;
    c.max_tokens = 77;
    c.learning_rate = 0.1 + 0.2;
    c.momentum = 0;
    c.weight_decay = 1e-7;
    c.description = "what it is for";
    c.reference_task = "other.jsonl";
    c.top_n_schedule = Schedule::linear;
    c.top_n_start = 77;
    c.top_n_iterations = 9;
    c.train_norms = true;
    c.train_embeddings = true;
    c.train_unembedding = true;
    c.random_ratio = 0.5;
    c.lora_rank = 3;
    c.lora_alpha = 5.5;
    c.lora_learning_rate = 0.5;
    c.lora_targets = "q,mlp";
    c.loss = LossKind::target_only;
    c.epochs = 4;
    c.accumulate = 2;
    c.optimizer = OptimizerKind::adamw;
    c.beta1 = 0.8;
    c.beta2 = 0.95;
    c.epsilon = 1e-6;
    c.clip_norm = 1.5;
    c.rate_schedule = Schedule::cosine;
    c.stop_measure = "task.accuracy";
    c.stop_reach = 0.75;
    c.stop_patience = 6;
    c.checkpoint_every = 11;
    c.checkpoint_seconds = 7.5;
    c.checkpoint_keep = 4;
    c.checkpoint_keep_best = true;
    c.checkpoint_keep_optimizer = true;
    c.checkpoint_limit_mb = 99;
    c.metric_penalty = 0.25;
    c.warm_up = 5;
    c.evaluate_every = 0;
    c.recompute_blocks = true;
    c.offload_inputs = true;
    c.shard_blocks = true;
    c.evaluation_items = 9;
    c.mark_accuracy = 0.5;
    c.seed = 9'223'372'036'854'775'807ULL;
    c.device = "cpu";
    c.dtype = Precision::float64;
    return c;
}

} // namespace

TEST_CASE("a configuration file as the manual shows it")
{
    const RunConfig config = parse_run_config(R"(
name = "my run"
model = "gpt2"
seed = 7
device = "cpu"
dtype = "float64"
[task]
train = "sv/train.jsonl"
held_out = "sv/test.jsonl"
max_tokens = 64
[[capabilities]]
name = "was/were"
source = "demo/was-were"
[[capabilities]]
name = "prose"
source = "prose.txt"
[graph]
kind = "paper"
mlp_group_size = 64
[circuit]
method = "random"
top_n = 500
discover_every = 4
positions = "all"
attribution = "eap-ig"
integration_steps = 8
integration_path = "activations"
metric = "prob-diff"
baseline = "zero"
rule = "top-nodes"
threshold = 0.5
by_signed_score = true
cross_layer = false
prune_dead = false
smoothing_beta1 = 0.85
smoothing_beta2 = 0.95
train_layer0_qkv = false
[optimizer]
learning_rate = 1            # a whole number is a number too
momentum = 0.5
weight_decay = 0.0
warm_up = 10
[run]
steps = 300
batch = 8
evaluate_every = 20
evaluation_items = 50
mark_accuracy = 0.9
)",
        "my.toml");
    RunConfig expected;
    expected.name = "my run";
    expected.model = "gpt2";
    expected.seed = 7;
    expected.device = "cpu";
    expected.dtype = Precision::float64;
    expected.task = "sv/train.jsonl";
    expected.held_out_task = "sv/test.jsonl";
    expected.max_tokens = 64;
    expected.capabilities = { { "was/were", "demo/was-were" }, { "prose", "prose.txt" } };
    expected.graph = { GraphKind::paper, 64 };
    expected.method = TuningMethod::random;
    expected.discover_every = 4;
    expected.discovery = { AttributionMethod::eap_ig, Baseline::zero, ScoredPositions::all,
        MetricKind::prob_diff, IntegrationPath::activations, 8 };
    expected.selection = { SelectionRule::top_nodes, 500, 0.5, true, false, false };
    expected.smoothing_beta1 = 0.85;
    expected.smoothing_beta2 = 0.95;
    expected.train_layer0_qkv = false;
    expected.learning_rate = 1;
    expected.momentum = 0.5;
    expected.weight_decay = 0;
    expected.warm_up = 10;
    expected.steps = 300;
    expected.batch = 8;
    expected.evaluate_every = 20;
    expected.evaluation_items = 50;
    expected.mark_accuracy = 0.9;
    CHECK(config == expected);
    CHECK_NOTHROW(validate(config));
}

TEST_CASE("TOML and JSON carry every field there and back")
{
    CHECK_FALSE(unusual() == RunConfig{});
    for (const RunConfig& config : { RunConfig{}, unusual(), preset("sv-disagreement") }) {
        CHECK(parse_run_config(to_toml(config), "again.toml") == config);
        CHECK(run_config_from_json(to_json(config)) == config);
    }
}

TEST_CASE("an unknown key is named with its line and the nearest keys")
{
    CHECK(mentions(parse_refusal("[run]\nbatch = 3\nstpes = 5\n"),
        { "my.toml", "line 3", "stpes", "[run]", "steps" }));
    CHECK(mentions(parse_refusal("[optimiser]\nmomentum = 0.1\n"),
        { "my.toml", "line 1", "optimiser", "optimizer" }));
    CHECK(mentions(parse_refusal("\nmodle = \"demo\"\n"), { "line 2", "modle", "model" }));
    CHECK(mentions(parse_refusal("[[capabilities]]\nnam = \"x\"\nsource = \"y\"\n"),
        { "nam", "name", "line 2" }));
    CHECK(mentions(parse_refusal("[run]\n[run.steps]\nx = 1"), { "run.steps", "line 2" }));
}

TEST_CASE("a value of the wrong kind or out of range is named with what it may be")
{
    CHECK(mentions(parse_refusal("[run]\nsteps = \"many\"\n"), { "line 2", "run.steps", "whole" }));
    CHECK(mentions(parse_refusal("[run]\nsteps = 0\n"), { "run.steps", "from 1" }));
    CHECK(mentions(parse_refusal("[run]\nsteps = 1.5\n"), { "run.steps", "whole" }));
    CHECK(mentions(parse_refusal("[run]\nsteps = 99999999999\n"), { "run.steps" }));
    CHECK(mentions(parse_refusal("seed = -1\n"), { "seed" }));
    CHECK(mentions(parse_refusal("[circuit]\nmethod = \"adapter\"\n"),
        { "circuit, full, lora, fixed, random, gradient", "random-entries or bitfit", "line 2" }));
    CHECK(mentions(parse_refusal("[circuit]\nattribution = \"random\"\n"),
        { "circuit.attribution", "eap or eap-ig" }));
    CHECK(mentions(parse_refusal("[circuit]\nmetric = \"logit_diff\"\n"),
        { "logit-diff, log-prob, prob-diff or kl" }));
    CHECK(mentions(parse_refusal("[circuit]\nsmoothing_beta1 = 1\n"), { "smoothing_beta1" }));
    CHECK(mentions(parse_refusal("[circuit]\nthreshold = nan\n"), { "circuit.threshold" }));
    CHECK(mentions(parse_refusal("[optimizer]\nlearning_rate = nan\n"), { "learning_rate" }));
    CHECK(mentions(parse_refusal("[optimizer]\nlearning_rate = inf\n"), { "learning_rate" }));
    CHECK(mentions(parse_refusal("[circuit]\ntrain_layer0_qkv = 1\n"), { "true or false" }));
    CHECK(mentions(parse_refusal("name = 5\n"), { "name", "text" }));
    CHECK(mentions(parse_refusal("capabilities = 5\n"), { "[[capabilities]]" }));
    CHECK(mentions(parse_refusal("[[capabilities]]\nname = \"x\"\n"), { "source" }));
    CHECK(mentions(parse_refusal("[run\nsteps = 5\n"), { "my.toml", "line 1" }));
    CHECK(mentions(parse_refusal("task = \"a.jsonl\"\n"), { "task" }));
}

TEST_CASE("one setting from the command line")
{
    RunConfig config = preset("sv-disagreement");
    set_run_option(config, "optimizer.learning_rate=0.25");
    set_run_option(config, "run.steps=7");
    set_run_option(config, "name=a=b, c");
    set_run_option(config, "circuit.method=full");
    set_run_option(config, "dtype=float64");
    set_run_option(config, "circuit.train_layer0_qkv=false");
    CHECK(config.learning_rate == 0.25);
    CHECK(config.steps == 7);
    CHECK(config.name == "a=b, c");
    CHECK(config.method == TuningMethod::full);
    CHECK(config.dtype == Precision::float64);
    CHECK_FALSE(config.train_layer0_qkv);

    const RunConfig before = config;
    const auto set
        = [&](const char* text) { return refusal([&] { set_run_option(config, text); }); };
    CHECK(mentions(set("optimizer.learning_rat=1"), { "optimizer.learning_rate" }));
    CHECK(mentions(set("steps"), { "steps", "=" }));
    CHECK(mentions(set("run.steps=ten"), { "run.steps", "whole number" }));
    CHECK(mentions(set("run.steps="), { "run.steps" }));
    CHECK(mentions(set("run.steps=5x"), { "run.steps" }));
    CHECK(mentions(set("optimizer.momentum=nan"), { "optimizer.momentum" }));
    CHECK(mentions(set(""), { "setting" }));
    CHECK(config == before);
}

TEST_CASE("the changed settings turn one configuration into the other")
{
    RunConfig config;
    const RunConfig wanted = unusual();
    CHECK(changed_settings(config, config).empty());
    for (const std::string& setting : changed_settings(config, wanted))
        set_run_option(config, setting);
    config.capabilities = wanted.capabilities;
    CHECK(config == wanted);

    RunConfig longer = preset("sv-disagreement");
    longer.steps = 7;
    longer.held_out_task.clear();
    CHECK(changed_settings(preset("sv-disagreement"), longer)
        == std::vector<std::string>{ "task.held_out=", "run.steps=7" });
}

TEST_CASE("validation names the first value that cannot be")
{
    const auto refused = [](const std::function<void(RunConfig&)>& change) {
        RunConfig config = preset("sv-disagreement");
        change(config);
        return refusal([&] { validate(config); });
    };
    CHECK(refused([](RunConfig&) {}).empty());
    CHECK(mentions(refused([](RunConfig& c) { c.steps = 0; }), { "run.steps" }));
    CHECK(mentions(refused([](RunConfig& c) { c.momentum = 1; }), { "optimizer.momentum" }));
    CHECK(mentions(
        refused([](RunConfig& c) { c.learning_rate = 0.0 / 0.0; }), { "optimizer.learning_rate" }));
    CHECK(mentions(refused([](RunConfig& c) { c.task.clear(); }), { "task.train" }));
    CHECK(mentions(refused([](RunConfig& c) { c.device = "abacus"; }), { "abacus", "cpu" }));
    CHECK(mentions(refused([](RunConfig& c) { c.seed = ~0ULL; }), { "seed" }));
    CHECK(mentions(refused([](RunConfig& c) { c.capabilities.push_back(c.capabilities.front()); }),
        { "was" }));
}

TEST_CASE("methods stand in one table each, in the order of their numbers, and are found by name")
{
    for (std::size_t i = 0; i < attribution_methods.size(); ++i) {
        const AttributionInfo& info = attribution_methods[i];
        CHECK(static_cast<std::size_t>(info.method) == i);
        CHECK(&attribution_named(info.name) == &info);
        CHECK(&attribution_info(info.method) == &info);
        CHECK_FALSE(info.title.empty());
        CHECK_FALSE(info.help.empty());
        RunConfig config = preset("sv-disagreement");
        const std::string setting = "circuit.attribution=" + std::string(info.name);
        const std::string refused = refusal([&] { set_run_option(config, setting); });
        CHECK(refused.empty() == info.not_for_tuning.empty());
    }
    for (std::size_t i = 0; i < tuning_methods.size(); ++i) {
        const TuningMethodInfo& info = tuning_methods[i];
        CHECK(static_cast<std::size_t>(info.method) == i);
        CHECK(&tuning_method_named(info.name) == &info);
        CHECK(method_name(info.method) == info.name);
        CHECK_FALSE(info.title.empty());
        CHECK_FALSE(info.help.empty());
        RunConfig config;
        set_run_option(config, "circuit.method=" + std::string(info.name));
        CHECK(config.method == info.method);
    }
    CHECK(mentions(refusal([] { attribution_named("best"); }), { "best", "eap-ig", "random" }));
    CHECK(mentions(refusal([] { tuning_method_named("best"); }), { "best", "lora" }));
    CHECK_THROWS_AS(attribution_info(static_cast<AttributionMethod>(17)), InputError);
    CHECK_THROWS_AS(tuning_method_info(static_cast<TuningMethod>(17)), InputError);
}

TEST_CASE("settings that make no sense together are refused")
{
    const auto refused = [](std::initializer_list<const char*> settings) {
        RunConfig config = preset("sv-disagreement");
        for (const char* setting : settings)
            set_run_option(config, setting);
        return refusal([&] { validate(config); });
    };
    RunConfig random = preset("sv-disagreement");
    random.discovery.method = AttributionMethod::random;
    CHECK(mentions(refusal([&] { validate(random); }), { "attribution", "circuit.method" }));
    CHECK(mentions(refused({ "run.offload_inputs=true" }), { "run.recompute_blocks" }));
    CHECK(refused({ "run.offload_inputs=true", "run.recompute_blocks=true" }).empty());
    CHECK(mentions(refused({ "run.shard_blocks=true" }), { "run.recompute_blocks" }));
    CHECK(refused({ "run.shard_blocks=true", "run.recompute_blocks=true" }).empty());
    CHECK(mentions(refused({ "run.shard_blocks=true", "run.recompute_blocks=true",
                       "circuit.method=full" }),
        { "run.shard_blocks", "circuit.method" }));
    CHECK(mentions(refused({ "run.shard_blocks=true", "run.recompute_blocks=true",
                       "circuit.metric=kl", "circuit.attribution=eap-ig" }),
        { "run.shard_blocks", "circuit.metric" }));
    CHECK(mentions(refused({ "circuit.metric=kl" }), { "kl", "eap-ig" }));
    CHECK(refused({ "circuit.metric=kl", "circuit.attribution=eap-ig" }).empty());
    CHECK(mentions(refused({ "circuit.metric=kl", "circuit.attribution=eap-ig",
                       "circuit.by_signed_score=true" }),
        { "by_signed_score", "kl" }));
    CHECK(mentions(refused({ "graph.kind=paper", "circuit.prune_dead=true" }), { "prune_dead" }));
    CHECK(refused({ "circuit.prune_dead=true" }).empty());
    CHECK(mentions(refused({ "circuit.rule=threshold" }), { "circuit.threshold" }));
    CHECK(refused({ "circuit.rule=threshold", "circuit.threshold=0.01" }).empty());
    CHECK(refused({ "circuit.rule=threshold", "circuit.by_signed_score=true" }).empty());
    CHECK(mentions(refused({ "circuit.smoothing_beta2=0.5" }), { "smoothing_beta1" }));
    CHECK(refused({ "circuit.smoothing_beta1=0.5" }).empty());
    CHECK(mentions(refused({ "circuit.resamples=1" }), { "circuit.resamples", "0", "at least 2" }));
    CHECK(refused({ "circuit.resamples=0" }).empty());
    CHECK(refused({ "circuit.resamples=2" }).empty());
    CHECK(mentions(refused({ "model=some.loom:1@3" }), { "some.loom:1@3", "models export" }));
    CHECK(mentions(refused({ "circuit.rule=threshold", "circuit.threshold=0.01",
                       "circuit.top_n_schedule=linear" }),
        { "top_n_schedule", "threshold" }));
    CHECK(mentions(refused({ "circuit.method=fixed", "circuit.top_n_schedule=cosine" }),
        { "top_n_schedule", "fixed" }));
    CHECK(mentions(refused({ "lora.targets=q,w" }), { "lora.targets", "q,k,v,o,mlp" }));
    CHECK(mentions(refused({ "lora.targets=" }), { "lora.targets" }));
    CHECK(refused({ "circuit.method=lora", "lora.targets=v,q" }).empty());
    CHECK(mentions(
        refused({ "circuit.method=lora", "circuit.train_norms=true" }), { "lora", "train_norms" }));
    CHECK(mentions(
        refused({ "circuit.method=lora", "circuit.random_ratio=0.5" }), { "random_ratio" }));
    CHECK(mentions(refused({ "stop.reach=0.9" }), { "stop.measure" }));
    CHECK(mentions(refused({ "stop.measure=task.accuracy" }), { "stop.reach", "stop.patience" }));
    CHECK(mentions(refused({ "stop.measure=tusk.accuracy", "stop.patience=1" }), { "tusk" }));
    CHECK(mentions(refused({ "stop.measure=facts.logit-diff", "stop.patience=1" }), { "facts" }));
    CHECK(mentions(refused({ "stop.measure=accuracy", "stop.patience=1" }), { "stop.measure" }));
    CHECK(mentions(
        refused({ "stop.measure=facts.accuracy", "stop.patience=1", "run.evaluate_every=0" }),
        { "evaluate_every" }));
    CHECK(refused({ "stop.measure=was/were.accuracy", "stop.patience=3" }).empty());
}

TEST_CASE("every preset is valid and carries its own name")
{
    REQUIRE(presets().size() == 11);
    CHECK(presets().front().name == "sv-disagreement");
    for (const PresetInfo& info : presets()) {
        CAPTURE(info.name);
        CHECK_NOTHROW(validate(preset(info.name)));
        CHECK(info.title == preset(info.name).name);
        CHECK_FALSE(info.description.empty());
    }
    CHECK(mentions(refusal([] { preset("dmeo"); }), { "dmeo", "change-one-fact" }));
}

TEST_CASE("the paper's settings stand in its presets")
{
    const RunConfig agreement = preset("gpt2-sv-disagreement");
    CHECK(agreement.batch == 16);
    CHECK(agreement.optimizer == OptimizerKind::sgd);
    CHECK(agreement.learning_rate == 1e-3);
    CHECK(agreement.momentum == 0.9);
    CHECK(agreement.weight_decay == 1e-4);
    CHECK(agreement.warm_up == 100);
    CHECK(agreement.selection.n == 1000);
    CHECK(agreement.graph.kind == GraphKind::paper);
    const RunConfig bias = preset("llama-de-bias");
    CHECK(bias.learning_rate == 5e-5);
    CHECK(bias.selection.n == 5000);
    CHECK(bias.metric_penalty == 0.35);
    CHECK(bias.epochs == 1);
    const RunConfig maths = preset("llama-math");
    CHECK(maths.learning_rate == 1e-5);
    CHECK(maths.batch == 32);
    CHECK(maths.epochs == 3);
    CHECK(maths.selection.rule == SelectionRule::top_nodes);
    CHECK(maths.selection.n == 4000);
    CHECK(maths.loss == LossKind::target_only);
}

TEST_CASE("the preset for SmolLM2 opens few edges for a short while, and has suites of its own to watch")
{
    const RunConfig config = preset("smollm2-sv-disagreement");
    CHECK(config.epochs == 0);
    CHECK(config.steps <= 200);
    CHECK(config.selection.n <= 500);
    CHECK(config.capabilities.size() == 3);
    for (const SuiteReference& suite : config.capabilities) {
        CAPTURE(suite.source);
        // They need no file.
        CHECK(load_suite(suite.name, suite.source).items.size()
            >= static_cast<std::size_t>(config.evaluation_items));
    }
}

TEST_CASE("a file of an earlier version reads, and what it lacks takes its default")
{
    const RunConfig old = run_config_from_json(
        R"({"seed":7,"optimizer":{"learning_rate":0.5,"metric_penalty":0.25}})");
    CHECK(old.metric_penalty == 0.25);
    CHECK(old.learning_rate == 0.5);
    CHECK(old.loss == LossKind::standard);
    CHECK(old.accumulate == 1);
    CHECK(parse_run_config("[optimizer]\nmetric_penalty = 2\n", "old.toml").metric_penalty == 2);
    RunConfig set;
    set_run_option(set, "optimizer.metric_penalty=3");
    CHECK(set.metric_penalty == 3);
    CHECK(to_json(set).find("\"objective\":{\"loss\":\"standard\",\"metric_penalty\":3")
        != std::string::npos);
}

TEST_CASE("a stored run of before integration_points keeps the points that it was scored by")
{
    const auto of = [](const char* circuit) {
        return run_config_from_json(R"({"circuit":{)" + std::string(circuit) + "}}").discovery;
    };
    // k = 1 … m on every path, and `activations` scored only the edges out of what moves.
    const auto inputs = of(R"("attribution":"eap-ig","integration_path":"inputs")");
    CHECK(inputs.points == IntegrationPoints::right);
    CHECK(inputs.path == IntegrationPath::inputs);
    const auto outputs = of(R"("attribution":"eap-ig","integration_path":"activations")");
    CHECK(outputs.points == IntegrationPoints::right);
    CHECK(outputs.path == IntegrationPath::outputs);
    const auto named = of(R"("integration_points":"left","integration_path":"activations",
        "attribution":"eap-ig")");
    CHECK(named.points == IntegrationPoints::left);
    CHECK(named.path == IntegrationPath::activations);
    // Where nothing was integrated there is nothing to keep, and two runs look no different for it.
    CHECK(of(R"("attribution":"eap")") == DiscoveryOptions{});
    // What is run anew takes EAP-IG's points.
    const auto fresh = parse_run_config("[circuit]\nattribution = \"eap-ig\"\n", "my.toml");
    CHECK(settled(fresh.discovery.points, fresh.discovery.path) == IntegrationPoints::left);
    CHECK(settled(IntegrationPoints::eap_ig, IntegrationPath::activations)
        == IntegrationPoints::right);
    CHECK(settled(IntegrationPoints::left, IntegrationPath::activations)
        == IntegrationPoints::left);
}

TEST_CASE("every setting has a help sentence and a place of its own")
{
    RunConfig config;
    std::set<std::string> names;
    for (const RunOption& option : options_of(config)) {
        CAPTURE(option.name());
        CHECK(names.insert(option.name()).second);
        CHECK(option.help.size() > 10);
        CHECK(option.help.ends_with('.'));
        CHECK(current_name(option.name()) == option.name());
    }
}

TEST_CASE("what is no TOML is refused in our words, with line, column and what stands there")
{
    const std::string wrong = parse_refusal("model = \"demo\"\n[circuit]\ntop_n = = 3\n");
    CHECK(mentions(wrong, { "my.toml, line 3, column 9: \"top_n = = 3\" is not TOML", "key = value" }));
    const std::string twice = parse_refusal("seed = 1\nseed = 2\n");
    CHECK(mentions(twice, { "my.toml, line 2, column ", "seed = 2", "may be there once" }));
    const std::string long_line = parse_refusal("name = " + std::string(5000, 'x') + "\x1b[1m\n");
    CHECK(mentions(long_line, { "my.toml, line 1" }));
    CHECK(long_line.size() < 300);
    for (const std::string& message : { wrong, twice, long_line,
             parse_refusal("model = \"demo"), parse_refusal("[circuit\n"), parse_refusal("a.b") }) {
        CAPTURE(message);
        CHECK(mentions(message, { "my.toml, line ", ", column " }));
        for (const char* foreign : { "rror while", "ncountered", "parsing", "redefine", "\x1b", "\n" })
            CHECK(message.find(foreign) == std::string::npos);
    }
}

TEST_CASE("a configuration file that is no such thing is refused")
{
    const samples::TemporaryFolder folder;
    CHECK_THROWS_AS(read_run_config(folder / "missing.toml"), InputError);
    CHECK_THROWS_AS(read_run_config(folder.path()), InputError);
    std::ofstream(folder / "large.toml") << std::string(2 << 20, '#');
    CHECK_THROWS_AS(read_run_config(folder / "large.toml"), InputError);
    std::ofstream(folder / "good.toml") << to_toml(unusual());
    CHECK(read_run_config(folder / "good.toml") == unusual());
    CHECK(mentions(parse_refusal(std::string(100000, '[')), { "my.toml" }));

    for (const char* json : { "", "[]", "{", "{\"seed\":null}", "{\"capabilities\":3}",
             "{\"capabilities\":[{\"name\":\"x\"}]}", "{\"run\":{\"steps\":[1]}}", "{\"foo\":1}",
             "{\"run\":{\"steps\":\"x\"}}" })
        CHECK_THROWS_AS(run_config_from_json(json), InputError);
}

TEST_CASE("the configuration that the command line's page shows is read as it stands there")
{
    std::ifstream page(CIRCUITLOOM_SOURCE_DIR "/resources/docs/command-line.md");
    std::string toml;
    bool inside = false;
    for (std::string line; std::getline(page, line);) {
        inside = inside ? line.empty() || line.starts_with("    ") : line.starts_with("    name = ");
        if (inside)
            toml += line + "\n";
    }
    const RunConfig shown = parse_run_config(toml, "command-line.md");
    CHECK(shown.held_out_task == "my-held-out.jsonl");
    CHECK(shown.selection.n == 100);
    CHECK(shown.optimizer == OptimizerKind::adamw);
    CHECK(shown.learning_rate == 1e-5);
    CHECK(shown.steps == 200);
    REQUIRE(shown.capabilities.size() == 1);
    CHECK(shown.capabilities.front().name == "grammar");
}

TEST_CASE("a zero has no sign")
{
    const RunConfig config = parse_run_config("optimizer.learning_rate = -0.0", "file");
    CHECK_FALSE(std::signbit(config.learning_rate));
    CHECK(parse_run_config(to_toml(config), "written") == config);
}

TEST_CASE("what is nested deeper than anything here is refused before the parser goes into it")
{
    const auto refusal = [](const std::string& toml) {
        try {
            parse_run_config(toml, "deep.toml");
        } catch (const InputError& cause) {
            return std::string(cause.what());
        }
        return std::string();
    };
    std::string key = "a";
    for (int i = 0; i < 35'000; ++i)
        key += ".a";
    const std::string open(35'000, '[');
    for (const std::string& deep : { "\n" + key + " = 1", "\n[" + key + "]", "\nx = " + open,
             "\nx = { " + key + " = 1 }", "\n[[" + key + "]]" }) {
        const std::string refused = refusal(deep);
        CAPTURE(deep.substr(0, 20));
        CHECK(refused.find("deep.toml, line 2: nested deeper than 64 levels") == 0);
    }
    // Neither texts nor comments nest.
    const std::string dots(1000, '.');
    for (const std::string quote : { "\"", "'", "\"\"\"", "\'\'\'" })
        CHECK(parse_run_config("name = " + quote + "[{" + dots + quote + " # [{" + dots, "f").name
            == "[{" + dots);
}

TEST_CASE("damaged configurations only throw InputError")
{
    const std::string toml = to_toml(unusual());
    const std::string json = to_json(unusual());
    Random random(3);
    int refused = 0;
    for (int seed = 0; seed < 2000; ++seed) {
        std::string text = seed % 2 == 0 ? toml : json;
        for (std::size_t flip = 0; flip <= random.below(4); ++flip)
            text[random.below(text.size())] = static_cast<char>(random.below(256));
        try {
            seed % 2 == 0 ? parse_run_config(text, "x.toml") : run_config_from_json(text);
        } catch (const InputError&) {
            ++refused;
        }
    }
    CHECK(refused > 500);
}
