#include "core/formats/cbor_input.h"

#include "core/formats/value_builder.h"

namespace circuitloom {

nlohmann::json parse_cbor(std::string_view bytes, std::string_view origin)
{
    ValueBuilder builder(origin, "CBOR");
    nlohmann::json::sax_parse(bytes, &builder, nlohmann::json::input_format_t::cbor);
    return builder.take();
}

} // namespace circuitloom
