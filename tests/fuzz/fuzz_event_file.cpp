// One of TensorBoard's event files.
#include "core/exchange/event_log.h"
#include "tests/fuzz/fuzz_target.h"

namespace circuitloom::fuzz {

void use_as_file(std::string_view input)
{
    const auto scalars
        = read_naming_origin([&] { return event_scalars(input, std::string(origin)); });
    for (const EventScalar& scalar : scalars)
        require(scalar.tag.size() <= input.size(), "a tag lies in the file");
}

} // namespace circuitloom::fuzz
