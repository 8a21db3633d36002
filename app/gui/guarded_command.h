#pragma once

#include "core/base/error.h"
#include "core/base/exit_code.h"
#include "core/base/failure_text.h"

#include <functional>
#include <string>

namespace circuitloom {

/// Does `work`, a command that ends the program, and gives its exit code. Of whatever it throws
/// `say` is given a sentence, and the code is 1; 130 where it was interrupted.
inline int run_guarded(
    const std::function<int()>& work, const std::function<void(const std::string&)>& say)
{
    try {
        return work();
    } catch (const Cancelled& stopped) {
        say(stopped.what());
        return stopped_by_user;
    } catch (...) {
        say(failure_text());
        return 1;
    }
}

} // namespace circuitloom
