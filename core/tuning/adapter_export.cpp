#include "core/tuning/adapter_export.h"

#include "core/base/error.h"
#include "core/run/imported_run.h"
#include "core/run/observed_run.h"
#include "core/formats/replacement_file.h"
#include "core/formats/result_file.h"
#include "core/formats/safetensors.h"
#include "core/model/stored_order.h"
#include "core/tuning/tuned_model.h"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace circuitloom {

namespace {

/// The addition to one module of the checkpoint: ΔW = (alpha / rank) B A on W [out, in].
struct Module
{
    std::string name; ///< as in transformer.h.0.attn.c_attn
    std::string kind; ///< the same within its block, as in attn.c_attn
    bool fan_in_fan_out = false; ///< the checkpoint has W as [in, out]
    torch::Tensor a; ///< [rank, in]
    torch::Tensor b; ///< [out, rank]
};

std::string without_weight(const std::string& tensor)
{
    return tensor.substr(0, tensor.rfind('.'));
}

// The part of a module's name behind the layer's number, which is the first number in it.
std::string within_block(const std::string& module)
{
    return module.substr(module.find('.', module.find_first_of("0123456789")) + 1);
}

// Where a module holds several of our matrices (GPT-2's q, k and v), each has rows of A and
// columns of B of its own: the module's rank is their sum.
std::optional<Module> module_of(const StoredTensor& stored, const ModelConfig& config,
    const std::vector<LoraAdapter::Addition>& additions)
{
    const auto* place = std::get_if<ParameterPlace>(&stored.place);
    std::vector<torch::Tensor> a;
    std::vector<torch::Tensor> b; // as wide as the whole of our tensor
    for (const LoraAdapter::Addition& addition : additions) {
        if (!place || addition.place != *place || addition.column < stored.column
            || addition.column >= stored.column + stored.columns)
            continue;
        auto wide = torch::zeros(
            { addition.b.size(0), weight_shape(config, *place).back() }, addition.b.options());
        wide.narrow(1, addition.column, addition.columns).copy_(addition.b);
        a.push_back(addition.a.t());
        b.push_back(wide);
    }
    if (a.empty())
        return std::nullopt;
    Module module;
    module.name = without_weight(stored.name);
    module.kind = within_block(module.name);
    module.fan_in_fan_out = !stored.transposed;
    module.a = torch::cat(a);
    const auto rank = module.a.size(0);
    const auto ordered = in_stored_order(torch::cat(b), stored, config);
    module.b = stored.transposed ? ordered.reshape({ -1, rank }) : ordered.t();
    return module;
}

std::vector<Module> modules_of(
    const ModelConfig& config, const std::vector<LoraAdapter::Addition>& additions)
{
    std::vector<Module> modules;
    for (const StoredTensor& stored : stored_tensors(config))
        if (std::optional<Module> module = module_of(stored, config, additions))
            modules.push_back(std::move(*module));
    return modules;
}

void write_config(
    const std::vector<Module>& modules, const RunConfig& run, const std::filesystem::path& file)
{
    // Modules of a higher rank have their alpha with it, so that alpha / rank is the run's.
    std::map<std::string, std::int64_t> ranks;
    std::map<std::string, double> alphas;
    std::set<std::string> targets;
    for (const Module& module : modules) {
        targets.insert(module.kind);
        const auto rank = module.a.size(0);
        if (rank == run.lora_rank)
            continue;
        ranks[module.kind] = rank;
        alphas[module.kind] = run.lora_alpha * static_cast<double>(rank) / run.lora_rank;
    }
    const nlohmann::ordered_json config{ { "peft_type", "LORA" }, { "task_type", "CAUSAL_LM" },
        { "base_model_name_or_path", run.model }, { "inference_mode", true },
        { "r", run.lora_rank }, { "lora_alpha", run.lora_alpha }, { "lora_dropout", 0.0 },
        { "bias", "none" }, { "fan_in_fan_out", modules.front().fan_in_fan_out },
        { "target_modules", targets }, { "rank_pattern", ranks }, { "alpha_pattern", alphas } };
    write_whole(file,
        config.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

void write_tensors(
    const std::vector<Module>& modules, const std::filesystem::path& file, ElementType type)
{
    const auto dtype = type == ElementType::f16 ? torch::kFloat16
        : type == ElementType::bf16             ? torch::kBFloat16
                                                : torch::kFloat32;
    std::vector<torch::Tensor> kept;
    std::vector<TensorView> views;
    const auto add = [&](const std::string& name, const torch::Tensor& tensor) {
        const auto& written = kept.emplace_back(tensor.detach().to(dtype).contiguous());
        views.push_back({ name, type, written.sizes().vec(),
            { static_cast<const std::byte*>(written.data_ptr()), written.nbytes() } });
    };
    for (const Module& module : modules) {
        add("base_model.model." + module.name + ".lora_A.weight", module.a);
        add("base_model.model." + module.name + ".lora_B.weight", module.b);
    }
    write_safetensors(file, views, { { "format", "pt" } });
}

} // namespace

void export_adapter(const std::filesystem::path& file, RunId run,
    std::optional<std::int64_t> checkpoint, const std::filesystem::path& directory,
    ElementType type)
{
    const ExperimentReader reader(file);
    const RunDescription description = reader.run(run).description;
    require_tuned(description);
    const RunConfig config = config_of(description);
    if (tuning_method_info(config.method).part != TunedPart::adapters)
        throw InputError("Run " + std::to_string(run.value) + " of " + file.string()
            + " is of the method " + std::string(method_name(config.method))
            + "; only lora has an adapter. Export the whole model, or the difference.");
    const TunedModel tuned = tuned_model(reader, run, checkpoint);
    const std::vector<Module> modules = modules_of(tuned.model.config(), tuned.additions);
    require_elsewhere(model_places(description.model), directory);
    std::error_code error; // the writing says what is wrong
    std::filesystem::create_directories(directory, error);
    write_tensors(modules, directory / "adapter_model.safetensors", type);
    write_config(modules, config, directory / "adapter_config.json");
}

} // namespace circuitloom
