#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/table.h"

#include "core/model/devices.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace circuitloom {

namespace {

std::string gibibytes(std::int64_t bytes)
{
    return fixed(static_cast<double>(bytes) / (1024.0 * 1024 * 1024), 1);
}

void print_json(const Devices& found)
{
    nlohmann::ordered_json list = nlohmann::json::array();
    for (const ComputeDevice& device : found.all) {
        nlohmann::ordered_json one{ { "device", device.name }, { "name", device.what },
            { "memory", device.bytes }, { "free", device.free } };
        if (device.capability.empty())
            one["threads"] = device.threads;
        else
            one["compute_capability"] = device.capability;
        list.push_back(std::move(one));
    }
    const nlohmann::ordered_json all{ { "devices", list }, { "auto", found.chosen },
        { "why", found.why } };
    std::cout << all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

void print(const Devices& found)
{
    Table table({ { "device" }, { "name" }, { "GiB", true }, { "free", true } });
    for (const ComputeDevice& device : found.all)
        table.add({ device.name,
            device.what
                + (device.capability.empty()
                        ? ", " + std::to_string(device.threads) + " threads"
                        : ", compute capability " + device.capability),
            gibibytes(device.bytes), gibibytes(device.free) });
    std::cout << table.text() << "\nauto takes " << found.chosen << ". " << found.why << "\n";
}

} // namespace

void add_devices_command(CLI::App& app)
{
    const auto json = std::make_shared<bool>(false);
    CLI::App* command = add_engine_command(app, "devices");
    command->add_flag("--json", *json, "as JSON, memory in bytes");
    command->callback([json] {
        const Devices found = devices();
        if (*json)
            print_json(found);
        else
            print(found);
    });
}

} // namespace circuitloom
