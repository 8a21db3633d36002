#include "core/architecture/weight_matching.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <span>

namespace circuitloom {

namespace {

constexpr std::size_t most_names = 5;

std::string file_of(const ModelFiles& files, const TensorView& view)
{
    return view.file.empty() ? files.origin : view.file;
}

std::string shape_text(const std::vector<std::int64_t>& shape)
{
    std::string text;
    for (const std::int64_t size : shape)
        text += (text.empty() ? "" : ", ") + std::to_string(size);
    return "[" + text + "]";
}

std::string first_part(const std::string& name)
{
    return name.substr(0, name.find('.'));
}

/// Without the marks of wrappers: those of torch.compile and FSDP stand anywhere, those of data
/// parallel training and PEFT in front.
std::string unwrapped(std::string name)
{
    for (const std::string_view mark :
        { "_orig_mod.", "_fsdp_wrapped_module.", "_checkpoint_wrapped_module." })
        for (std::size_t at = name.find(mark); at != name.npos; at = name.find(mark, at))
            if (at == 0 || name[at - 1] == '.')
                name.erase(at, mark.size());
            else
                at += mark.size();
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view front : { "module.", "base_model.model." })
            if (name.starts_with(front)) {
                name.erase(0, front.size());
                again = true;
            }
    }
    return name;
}

/// A model's tensors by the names that they have without wrappers.
class NamedTensors
{
public:
    explicit NamedTensors(const ModelFiles& files)
    {
        for (const TensorView& view : files.weights.tensors())
            if (!by_name_.emplace(unwrapped(view.name), &view).second)
                throw InputError(file_of(files, view) + ": the tensor " + for_message(view.name)
                    + " is there twice, with and without a wrapper's prefix.");
    }
    const TensorView* find(const std::string& name) const
    {
        if (const auto* found = exactly(name))
            return found;
        // Some exporters leave out the outermost module's name; others put the model into one.
        const auto dot = name.find('.');
        const auto* inner = dot == name.npos ? nullptr : exactly(name.substr(dot + 1));
        return inner ? inner : exactly("model." + name);
    }
    const std::map<std::string, const TensorView*>& all() const { return by_name_; }

private:
    const TensorView* exactly(const std::string& name) const
    {
        const auto found = by_name_.find(name);
        return found == by_name_.end() ? nullptr : found->second;
    }

    std::map<std::string, const TensorView*> by_name_;
};

// Causal masks and rotary tables, which older versions of transformers stored.
bool is_buffer(std::string_view name)
{
    constexpr std::string_view endings[] = { ".attn.bias", ".attention.bias", ".masked_bias",
        ".attn.embed_positions", "rotary_emb.inv_freq", "rotary_emb.cos_cached",
        "rotary_emb.sin_cached", "rotary_emb.original_inv_freq" };
    return std::ranges::any_of(
        endings, [name](std::string_view ending) { return name.ends_with(ending); });
}

const StoredTensor& stored_as(const std::vector<StoredTensor>& all, ModelPart part)
{
    return *std::ranges::find_if(all, [part](const StoredTensor& stored) {
        const auto* place = std::get_if<ModelPart>(&stored.place);
        return place && *place == part;
    });
}

bool same_numbers(const WeightFiles& weights, const TensorView& a, const TensorView& b)
{
    if (a.type != b.type || a.shape != b.shape)
        return false;
    bool same = true;
    std::size_t done = 0;
    weights.read(a.bytes, [&](std::span<const std::byte> of_a) {
        weights.read(b.bytes.subspan(done, of_a.size()), [&](std::span<const std::byte> of_b) {
            same = same && std::ranges::equal(of_a.first(of_b.size()), of_b);
            of_a = of_a.subspan(of_b.size());
            done += of_b.size();
        });
    });
    return same;
}

class Matcher
{
public:
    explicit Matcher(const ModelFiles& files)
        : files_(files)
        , named_(files)
    {
        matches_.config = parse_model_config(files.config_json, files.config_origin);
    }

    WeightMatches take()
    {
        settle_tie();
        for (const StoredTensor& stored : stored_tensors(matches_.config))
            match(stored);
        pass_over_the_rest();
        match_adapter();
        return std::move(matches_);
    }

private:
    /// Where config.json ties the unembedding to the embedding, the files may hold both, or the
    /// former alone.
    void settle_tie()
    {
        if (!matches_.config.tied_unembedding)
            return;
        ModelConfig untied = matches_.config;
        untied.tied_unembedding = false;
        const auto all = stored_tensors(untied);
        const StoredTensor& head = stored_as(all, ModelPart::unembedding);
        const TensorView* unembedding = named_.find(head.name);
        const TensorView* embedding = named_.find(stored_as(all, ModelPart::token_embedding).name);
        if (!unembedding)
            return;
        used_.insert(unembedding);
        if (!embedding) {
            embedding_instead_ = unembedding;
        } else if (!same_numbers(files_.weights, *embedding, *unembedding)) {
            matches_.config = untied;
            matches_.notes.push_back("The unembedding " + for_message(unembedding->name)
                + " differs from the embedding, with which config.json ties it "
                  "(tie_word_embeddings); it is read as it is, as transformers 5 does "
                  "(transformers 4 puts the embedding in its place).");
        }
    }

    void match(const StoredTensor& stored)
    {
        const TensorView* view = named_.find(stored.name);
        if (!view && embedding_instead_ && stored.place == WeightPlace(ModelPart::token_embedding))
            view = embedding_instead_;
        if (!view)
            throw InputError(files_.origin + ": the weights lack the tensor " + stored.name
                + " that config.json calls for.");
        const auto expected = stored_shape(matches_.config, stored);
        if (view->shape != expected)
            throw InputError(file_of(files_, *view) + ": the tensor " + for_message(view->name)
                + " has the shape " + shape_text(view->shape) + " where config.json calls for "
                + shape_text(expected) + ".");
        matches_.tensors.push_back({ stored, view });
        used_.insert(view);
    }

    /// The first parts of the names that the model's own tensors have or may have.
    std::set<std::string> own_parts() const
    {
        std::set<std::string> parts;
        ModelConfig untied = matches_.config; // so that the unembedding is among them
        untied.tied_unembedding = false;
        for (const StoredTensor& stored : stored_tensors(untied)) {
            const std::string outer = first_part(stored.name);
            parts.insert(outer);
            if (stored.name.starts_with(outer + ".") && outer != "lm_head")
                parts.insert(first_part(stored.name.substr(outer.size() + 1)));
        }
        parts.insert("model");
        return parts;
    }

    void pass_over_the_rest()
    {
        const std::set<std::string> own = own_parts();
        std::vector<std::string> heads;
        std::size_t buffers = 0;
        for (const auto& [name, view] : named_.all()) {
            if (used_.contains(view))
                continue;
            if (is_buffer(name)) {
                ++buffers;
                continue;
            }
            if (name.find(".lora_") != name.npos || name.find(".base_layer.") != name.npos)
                throw InputError(file_of(files_, *view) + ": the tensor " + for_message(view->name)
                    + " belongs to an adapter that is not merged into the model; merge it (in "
                      "peft: merge_and_unload(), then save_pretrained()).");
            if (own.contains(first_part(name)))
                throw InputError(file_of(files_, *view)
                    + ": config.json does not call for the tensor " + for_message(view->name)
                    + ".");
            heads.push_back(for_message(view->name));
        }
        if (!heads.empty())
            matches_.notes.push_back(not_read(heads));
        if (buffers > 0)
            matches_.notes.push_back(std::to_string(buffers)
                + (buffers == 1 ? " tensor is a mask or a rotary table"
                                : " tensors are masks or rotary tables")
                + " that older versions of transformers stored; the model makes its own.");
    }

    void match_adapter()
    {
        if (!files_.adapter)
            return;
        for (const LowRankChange& change : files_.adapter->changes) {
            const TensorView* view = named_.find(change.module + ".weight");
            const auto at = std::ranges::find(matches_.tensors, view, &WeightMatch::view);
            const std::string where
                = "The adapter " + files_.adapter->directory.string() + " changes ";
            if (!view || at == matches_.tensors.end())
                throw InputError(where + for_message(change.module) + ", which the model "
                    + files_.config_origin + " does not have.");
            if (std::holds_alternative<ModelPart>(at->stored.place))
                throw InputError(where + for_message(change.module)
                    + ", a part outside the blocks, which is not read; merge it into its model (in "
                      "peft: merge_and_unload(), then save_pretrained()).");
            std::vector<std::int64_t> shape{ change.up.shape[0], change.down.shape[1] };
            if (!at->stored.transposed)
                std::ranges::reverse(shape);
            if (shape != view->shape)
                throw InputError(where + for_message(change.module) + " as one of the shape "
                    + shape_text(shape) + ", but in the model it has the shape "
                    + shape_text(view->shape) + ".");
            at->change = &change;
        }
    }

    static std::string not_read(const std::vector<std::string>& heads)
    {
        std::string names;
        for (std::size_t i = 0; i < std::min(heads.size(), most_names); ++i)
            names += (i == 0 ? "" : ", ") + heads[i];
        if (heads.size() > most_names)
            names += " and " + std::to_string(heads.size() - most_names) + " more";
        return (heads.size() == 1 ? "The tensor " + names + " is no part"
                                  : "The tensors " + names + " are no parts")
            + " of the language model and " + (heads.size() == 1 ? "is" : "are") + " not read.";
    }

    const ModelFiles& files_;
    NamedTensors named_;
    WeightMatches matches_;
    const TensorView* embedding_instead_ = nullptr;
    std::set<const TensorView*> used_;
};

} // namespace

WeightMatches match_weights(const ModelFiles& files)
{
    return Matcher(files).take();
}

} // namespace circuitloom
