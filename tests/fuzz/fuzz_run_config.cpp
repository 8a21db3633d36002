#include "core/run/run_config.h"
#include "tests/fuzz/fuzz_target.h"

namespace circuitloom::fuzz {

void use_as_file(std::string_view input)
{
    const RunConfig config = read_naming_origin([&] { return parse_run_config(input, origin); });
    require(to_toml(parse_run_config(to_toml(config), "written")) == to_toml(config),
        "what is written is read back");
}

} // namespace circuitloom::fuzz
