#include "core/architecture/gguf/gguf_model.h"
#include "core/architecture/model_config.h"
#include "core/base/utf8.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/fuzz/tensor_checks.h"

#include <vector>

namespace circuitloom::fuzz {

namespace {

void use_tensor(const TensorView& tensor, std::span<const std::byte> file)
{
    require(is_valid_utf8(tensor.name), "a tensor's name is UTF-8");
    const std::uint64_t elements = checked_elements(tensor, file);
    if (!is_decodable(tensor.type))
        return;
    std::vector<float> numbers(elements);
    decode_to_float(tensor, 0, numbers);
}

} // namespace

void use_as_file(std::string_view input)
{
    const std::span<const std::byte> bytes = std::as_bytes(std::span(input));
    const Gguf file = read_naming_origin([&] { return Gguf::over(bytes, origin); });
    for (const TensorView& tensor : file.tensors())
        use_tensor(tensor, bytes);
    const ModelFiles files = read_naming_origin([&] { return gguf_model_files(file); });
    parse_model_config(files.config_json, origin);
    const Tokenizer tokenizer
        = Tokenizer::from_json(files.tokenizer_json, files.tokenizer_config_json, origin);
    for (const std::int32_t id : tokenizer.encode("the cat <s> and\n\n  12345 don't 日本 é\xff"))
        require(id >= 0 && id < tokenizer.vocabulary_size(), "an id lies in the vocabulary");
}

} // namespace circuitloom::fuzz
