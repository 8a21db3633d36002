#include "core/run/time_left.h"

namespace circuitloom {

bool TimeLeft::begins(const std::string& what, int done) const
{
    return last_done_ < 0 || done < last_done_ || what != what_;
}

double TimeLeft::seconds(const std::string& what, int done, int total, Clock::time_point now)
{
    if (begins(what, done)) {
        what_ = what;
        first_done_ = done;
        start_ = now;
    }
    last_done_ = done;
    if (done <= first_done_)
        return -1;
    const double passed = std::chrono::duration<double>(now - start_).count();
    return passed / (done - first_done_) * (total - done);
}

} // namespace circuitloom
