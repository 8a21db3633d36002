#pragma once

#include "core/formats/input_file.h"
#include "core/run/trainer_log.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// One value of a curve in TensorBoard's event files.
struct EventScalar
{
    std::string tag;
    std::int64_t step = 0;
    double value = 0;
};

/// The scalars of the bytes of an event file, in their order, as simple values or as tensors with one
/// number. What it holds besides is passed over. A last record that is not whole, as of a file that is
/// being written, ends it. Throws InputError naming `origin` and the byte where a checksum or a length
/// does not fit.
std::vector<EventScalar> event_scalars(std::string_view bytes, const std::string& origin);
/// The same of an event file that is mapped. Throws InputError too where it was shortened since.
std::vector<EventScalar> event_scalars(const MappedFile& file, const std::string& origin);

/// The training that event files tell of: those named `*tfevents*` in a folder and the folders in it,
/// in the order of their names, or one such file. `train/loss` and `train/learning_rate` become its
/// steps, `eval/loss`, `eval/accuracy` and `eval/perplexity` evaluations; so do names without `train/`,
/// with `_` for `/`, with `val` or `validation` for `eval`, and `lr`. Throws InputError where there is
/// no such file or one of them is damaged.
TrainerLog read_event_log(const std::filesystem::path& place);

} // namespace circuitloom
