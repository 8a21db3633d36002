#include "core/base/failure_text.h"

#include "core/base/error.h"

#include <exception>
#include <new>

namespace circuitloom {

std::string failure_text()
{
    try {
        throw;
    } catch (const Error& failure) {
        return failure.what();
    } catch (const std::bad_alloc&) {
        return "There is too little memory, or the limit of this shell (ulimit -v) is too low.";
    } catch (const std::exception& failure) {
        return std::string("This failed: ") + failure.what();
    } catch (...) {
        return "This failed for an unknown reason.";
    }
}

} // namespace circuitloom
