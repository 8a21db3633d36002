#pragma once

#include <string>

namespace circuitloom {

/// The address of this machine from which `host` is reached, as numbers; the loopback's for
/// the machine itself. Throws ResourceError where the name `host` is not known or no way leads
/// there.
std::string address_towards(const std::string& host);

} // namespace circuitloom
