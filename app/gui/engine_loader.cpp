#include "app/gui/engine_loader.h"

#include "app/gui/engine_module.h"
#include "core/base/error.h"
#include "core/base/program_files.h"

#include <dlfcn.h>

namespace circuitloom {

std::unique_ptr<TuningEngine> load_engine(
    const std::filesystem::path& program_folder, const EngineOptions& options)
{
    const std::filesystem::path file
        = required_beside_program("circuitloom-engine.so", "The engine circuitloom-engine.so",
            "runs can be opened but not trained.", program_folder);
    // Never closed: LibTorch's threads and statics outlive every engine.
    void* module = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!module)
        throw ResourceError("The engine " + file.string() + " does not load: " + dlerror());
    using Interface = decltype(&circuitloom_engine_interface);
    const auto interface = reinterpret_cast<Interface>(
        dlsym(module, circuitloom_engine_interface_symbol));
    const int version = interface ? interface() : 1;
    if (version != engine_interface_version)
        throw ResourceError("The engine " + file.string() + " has version "
            + std::to_string(version) + " of the interface, and this window needs version "
            + std::to_string(engine_interface_version) + "; install both again, together.");
    using MakeEngine = decltype(&circuitloom_make_engine);
    const auto make
        = reinterpret_cast<MakeEngine>(dlsym(module, circuitloom_make_engine_symbol));
    if (!make)
        throw ResourceError("The engine " + file.string()
            + " belongs to another version of Circuitloom; install both again.");
    return std::unique_ptr<TuningEngine>(make(options));
}

} // namespace circuitloom
