#include "core/run/listed_there.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/json_input.h"

#include <limits>

namespace circuitloom {

namespace {

constexpr std::size_t longest_text = 2000; // bytes
constexpr std::size_t most_models = 10000;
constexpr std::size_t most_devices = 1000;
constexpr std::int64_t most_bytes = std::numeric_limits<std::int64_t>::max();

} // namespace

std::vector<ListedModel> parse_listed_models(std::string_view json, std::string_view origin)
{
    const nlohmann::json parsed = parse_json(json, origin);
    const std::string where(origin);
    if (!parsed.is_array() || parsed.size() > most_models)
        throw InputError(
            where + " is not a list of at most " + std::to_string(most_models) + " models.");
    std::vector<ListedModel> models;
    for (const nlohmann::json& value : parsed) {
        const JsonObject one(value, where);
        ListedModel& model = models.emplace_back();
        model.model = for_message(one.text("model"), longest_text);
        model.family = for_message(one.text_or("family", {}), longest_text);
        model.bytes = one.integer_or("bytes", 0, 0, most_bytes);
        if (!one.boolean_or("usable", true))
            model.unusable = for_message(one.text_or("reason", "It cannot be used."), longest_text);
    }
    return models;
}

Devices parse_listed_devices(std::string_view json, std::string_view origin)
{
    const nlohmann::json parsed = parse_json(json, origin);
    const JsonObject all(parsed, std::string(origin));
    Devices devices;
    for (const JsonObject& one : all.objects("devices")) {
        if (devices.all.size() >= most_devices)
            all.fail("devices", "has too many");
        ComputeDevice& device = devices.all.emplace_back();
        device.name = for_message(one.text("device"), longest_text);
        device.what = for_message(one.text("name"), longest_text);
        device.threads = static_cast<int>(one.integer_or("threads", 0, 0, 1 << 20));
        device.bytes = one.integer("memory", 0, most_bytes);
        device.free = one.integer("free", 0, most_bytes);
        device.capability = for_message(one.text_or("compute_capability", {}), longest_text);
    }
    devices.chosen = for_message(all.text("auto"), longest_text);
    devices.why = for_message(all.text("why"), longest_text);
    return devices;
}

} // namespace circuitloom
