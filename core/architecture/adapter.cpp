#include "core/architecture/adapter.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/input_file.h"
#include "core/formats/json_input.h"
#include "core/formats/safetensors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace circuitloom {

namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

constexpr std::size_t largest_config = std::size_t{ 16 } << 20;
constexpr std::string_view sign = " + ";
constexpr std::string_view prefix = "base_model.model.";
constexpr std::string_view end_of_down = ".lora_A.weight";
constexpr std::string_view end_of_up = ".lora_B.weight";
constexpr double largest_alpha = 1e9;

bool is_present(const fs::path& file)
{
    std::error_code ignored;
    return fs::exists(file, ignored);
}

std::string for_json(const fs::path& directory)
{
    return (directory / "adapter_config.json").string();
}

/// adapter_config.json.
struct Configuration
{
    explicit Configuration(const fs::path& directory)
        : text(read_input_file(directory / "adapter_config.json", largest_config))
        , json(parse_json(text, for_json(directory)))
    {
    }

    std::string text;
    nlohmann::json json;
};

/// The names in an object of a configuration, in the order of the file, which nlohmann's objects do
/// not keep.
std::vector<std::string> names_in_order(const std::string& text, std::string_view field)
{
    std::vector<std::string> names;
    bool inside = false;
    [[maybe_unused]] const nlohmann::json parsed = nlohmann::json::parse(text,
        [&](int depth, nlohmann::json::parse_event_t event, const nlohmann::json& key) {
            if (event != nlohmann::json::parse_event_t::key)
                return true;
            if (depth == 1)
                inside = key.get_ref<const std::string&>() == field;
            else if (depth == 2 && inside)
                names.push_back(key.get<std::string>());
            return true;
        });
    return names;
}

/// lora_alpha, and what alpha_pattern says of some modules.
class Alphas
{
public:
    /// `patterns` are those of alpha_pattern, in the order of the file.
    Alphas(const JsonObject& config, const std::vector<std::string>& patterns)
        : otherwise_(config.number_or("lora_alpha", 8, -largest_alpha, largest_alpha))
    {
        if (!config.has("alpha_pattern"))
            return;
        const JsonObject values = config.object("alpha_pattern");
        for (const std::string& pattern : patterns) {
            const auto special = [](char c) {
                return c != '.' && c != '_' && !std::isalnum(static_cast<unsigned char>(c));
            };
            if (std::ranges::any_of(pattern, special))
                config.fail("alpha_pattern",
                    "has " + for_message(pattern) + ", a regular expression, which is not read");
            of_pattern_.emplace_back(
                pattern, values.number_or(pattern.c_str(), 0, -largest_alpha, largest_alpha));
        }
    }

    /// Of the first pattern, as the file has them, that ends the module's name, at a dot.
    double of(const std::string& module) const
    {
        for (const auto& [pattern, alpha] : of_pattern_)
            if (module == pattern || module.ends_with("." + pattern))
                return alpha;
        return otherwise_;
    }

private:
    double otherwise_;
    std::vector<std::pair<std::string, double>> of_pattern_;
};

void refuse_other_kinds(const JsonObject& config)
{
    if (const std::string kind = config.text("peft_type"); kind != "LORA")
        config.fail("peft_type", "is " + for_message(kind) + "; only LORA is read");
    for (const char* field : { "use_dora", "lora_bias" })
        if (config.boolean_or(field, false))
            config.fail(field, "is on, which is not read");
    if (const nlohmann::json* modules = config.find("modules_to_save");
        modules && !modules->empty())
        config.fail("modules_to_save",
            "names modules that were trained as a whole, which are not read; merge the adapter into "
            "its model (in peft: merge_and_unload(), then save_pretrained())");
}

/// The module that a tensor of this ending changes; nothing where it has another.
std::optional<std::string> module_of(std::string_view tensor, std::string_view ending)
{
    if (!tensor.ends_with(ending))
        return std::nullopt;
    tensor.remove_suffix(ending.size());
    while (tensor.starts_with(prefix))
        tensor.remove_prefix(prefix.size());
    return std::string(tensor);
}

} // namespace

bool is_adapter(const fs::path& directory)
{
    return is_present(directory / "adapter_config.json") && !is_present(directory / "config.json");
}

std::string base_of_adapter(const fs::path& directory)
{
    const Configuration read(directory);
    const JsonObject config(read.json, for_json(directory));
    const std::string name = config.text_or("base_model_name_or_path", "");
    if (name.empty())
        config.fail("base_model_name_or_path",
            "is missing: name the model yourself, as MODEL --adapter " + directory.string());
    std::error_code ignored;
    if (fs::path(name).is_relative() && fs::is_directory(directory / name, ignored))
        return (directory / name).lexically_normal().string();
    return name;
}

Adapter open_adapter(const fs::path& directory)
{
    if (!is_present(directory / "adapter_config.json"))
        throw InputError(directory.string()
            + " is no adapter: it has no adapter_config.json, as PEFT writes it.");
    const Configuration read(directory);
    const JsonObject config(read.json, for_json(directory));
    refuse_other_kinds(config);
    const fs::path file = directory / "adapter_model.safetensors";
    if (!is_present(file))
        throw InputError("The adapter " + directory.string() + " has no adapter_model.safetensors"
            + (is_present(directory / "adapter_model.bin")
                    ? ", only adapter_model.bin, a format that can run code and is not read; save it "
                      "as safetensors."
                    : "."));
    Adapter adapter;
    adapter.directory = directory;
    adapter.weights = WeightFiles(std::vector{ Safetensors::open(file) });
    std::map<std::string, LowRankChange> changes;
    for (const TensorView& tensor : adapter.weights.tensors()) {
        const auto down = module_of(tensor.name, end_of_down);
        const auto up = module_of(tensor.name, end_of_up);
        if ((!down && !up) || tensor.shape.size() != 2)
            throw InputError(file.string() + ": the tensor " + for_message(tensor.name)
                + " is none of LoRA's two matrices of a linear layer, and others are not read; merge "
                  "the adapter into its model (in peft: merge_and_unload(), then save_pretrained()).");
        LowRankChange& change = changes[down ? *down : *up];
        change.module = down ? *down : *up;
        (down ? change.down : change.up) = tensor;
    }
    const Alphas alphas(config, names_in_order(read.text, "alpha_pattern"));
    const bool by_root = config.boolean_or("use_rslora", false);
    for (auto& [module, change] : changes) {
        if (change.down.shape.empty() || change.up.shape.empty())
            throw InputError(file.string() + ": the module " + for_message(module) + " has "
                + (change.up.shape.empty() ? "lora_A without lora_B." : "lora_B without lora_A."));
        const std::int64_t rank = change.down.shape[0];
        if (rank < 1 || change.up.shape[1] != rank)
            throw InputError(file.string() + ": lora_A and lora_B of the module "
                + for_message(module) + " are of the ranks " + std::to_string(rank) + " and "
                + std::to_string(change.up.shape[1]) + ".");
        const auto size = static_cast<double>(rank);
        change.scale = alphas.of(module) / (by_root ? std::sqrt(size) : size);
        adapter.changes.push_back(std::move(change));
    }
    if (adapter.changes.empty())
        throw InputError(file.string() + " holds no tensors.");
    return adapter;
}

std::optional<AdaptedName> adapted_name(std::string_view name)
{
    const std::size_t at = name.rfind(sign);
    if (at == std::string_view::npos || at == 0 || is_present(fs::path(name)))
        return std::nullopt;
    return AdaptedName{ std::string(name.substr(0, at)),
        fs::path(name.substr(at + sign.size())) };
}

std::string to_string(const AdaptedName& name)
{
    return name.model + std::string(sign) + name.adapter.string();
}

} // namespace circuitloom
