#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/json_input.h"
#include "core/run/run_config.h"
#include "core/run/run_options.h"

namespace circuitloom {

namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

struct ToJson
{
    OrderedJson operator()(const std::string* value) const { return *value; }
    OrderedJson operator()(const bool* value) const { return *value; }
    OrderedJson operator()(const Choice& choice) const { return choice.names[choice.get()]; }
    template <class Number>
    OrderedJson operator()(const Bounded<Number>& bounded) const
    {
        return *bounded.value;
    }
};

constexpr std::string_view origin = "The run's configuration (JSON)";

[[noreturn]] void refuse(const std::string& what)
{
    throw InputError(std::string(origin) + ": " + what);
}

const std::string& text_of(const Json& object, const char* key)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string())
        refuse(std::string("a capability needs a ") + key + ".");
    return found->get_ref<const std::string&>();
}

void read_capabilities(RunConfig& config, const Json& suites)
{
    if (!suites.is_array())
        refuse("capabilities must be an array.");
    config.capabilities.clear();
    for (const Json& suite : suites) {
        if (!suite.is_object())
            refuse("a capability must be an object.");
        config.capabilities.push_back({ text_of(suite, "name"), text_of(suite, "source") });
    }
}

void assign(RunConfig& config, const std::string& name, const Json& value)
{
    if (!value.is_primitive() || value.is_null())
        refuse(for_message(name) + " must be a text, a number, true or false.");
    const std::string text = value.is_string() ? value.get_ref<const std::string&>() : value.dump();
    try {
        set_run_option(config, name + "=" + text);
    } catch (const InputError& cause) {
        refuse(cause.what());
    }
}

// Runs of versions that took one set of points do not name it: k = 1 … m on every path, of which
// `activations` was what is called `outputs` now.
void keep_older_integration(RunConfig& config, const Json& json)
{
    const auto circuit = json.find("circuit");
    if (circuit == json.end() || !circuit->is_object() || circuit->contains("integration_points")
        || !attribution_info(config.discovery.method).takes_integration_steps)
        return;
    config.discovery.points = IntegrationPoints::right;
    if (config.discovery.path == IntegrationPath::activations)
        config.discovery.path = IntegrationPath::outputs;
}

} // namespace

std::string to_json(const RunConfig& config)
{
    RunConfig copy = config;
    OrderedJson json = OrderedJson::object();
    for (const RunOption& option : options_of(copy)) {
        OrderedJson& place = option.section.empty() ? json : json[std::string(option.section)];
        place[std::string(option.key)] = std::visit(ToJson{}, option.value);
    }
    json["capabilities"] = OrderedJson::array();
    for (const SuiteReference& suite : config.capabilities)
        json["capabilities"].push_back({ { "name", suite.name }, { "source", suite.source } });
    return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

RunConfig run_config_from_json(std::string_view text)
{
    const Json json = parse_json(text, origin);
    if (!json.is_object())
        refuse("it is no JSON object.");
    RunConfig config;
    for (const auto& [key, value] : json.items()) {
        if (key == "capabilities")
            read_capabilities(config, value);
        else if (value.is_object())
            for (const auto& [inner, setting] : value.items())
                assign(config, key + "." + inner, setting);
        else
            assign(config, key, value);
    }
    keep_older_integration(config, json);
    return config;
}

} // namespace circuitloom
