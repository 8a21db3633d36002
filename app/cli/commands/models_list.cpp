#include "app/cli/commands/models.h"
#include "app/cli/commands/table.h"

#include "core/architecture/huggingface.h"
#include "core/demo/embedded_model.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace circuitloom {

namespace {

std::vector<HubModel> all_models()
{
    std::vector<HubModel> models = hub_models();
    if (const EmbeddedModel* demo = embedded_demo_model()) {
        HubModel own;
        own.id = "demo";
        own.bytes = demo->weights.size();
        own.config = parse_model_config(demo->config_json, "demo");
        models.insert(models.begin(), std::move(own));
    }
    return models;
}

std::string family_of(const HubModel& model)
{
    return model.config ? std::string(family_name(model.config->family)) : "";
}

void print_json(const std::vector<HubModel>& models)
{
    nlohmann::ordered_json list = nlohmann::json::array();
    for (const HubModel& model : models)
        list.push_back({ { "model", model.id }, { "family", family_of(model) },
            { "bytes", model.bytes }, { "usable", model.unusable.empty() },
            { "reason", model.unusable }, { "directory", model.directory.string() } });
    std::cout << list.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

void list(bool json)
{
    const std::vector<HubModel> models = all_models();
    if (json) {
        print_json(models);
        return;
    }
    Table table({ { "model" }, { "family" }, { "MB", true } });
    for (const HubModel& model : models)
        if (model.unusable.empty())
            table.add(
                { model.id, family_of(model), fixed(static_cast<double>(model.bytes) / 1e6, 1) });
    std::cout << table.text();
    for (const HubModel& model : models)
        if (!model.unusable.empty())
            std::cout << "\n"
                      << printable(model.id) << " cannot be used: " << printable(model.unusable);
    std::cout << "\nfrom the Hugging Face cache " << hub_cache().string() << "\n";
}

} // namespace

void add_models_list(CLI::App& models)
{
    const auto json = std::make_shared<bool>(false);
    CLI::App* command = models.add_subcommand("list",
        "the demo model and those in the local Hugging Face cache (HF_HUB_CACHE, HF_HOME); nothing "
        "is downloaded");
    command->add_flag("--json", *json, "print JSON");
    command->callback([json] { list(*json); });
}

} // namespace circuitloom
