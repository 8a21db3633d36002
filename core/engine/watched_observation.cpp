#include "core/engine/observe.h"

#include "core/base/number_text.h"
#include "core/base/utf8.h"

#include <chrono>
#include <cmath>
#include <optional>
#include <utility>

namespace circuitloom {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t longest_notes = 1000; // bytes

/// Tells whoever watches a run how an observation goes.
class WatchedObservation : public ObservationObserver
{
public:
    explicit WatchedObservation(RunObserver& observer)
        : observer_(observer)
    {
    }

    void note(const std::string& line) override
    {
        notes_ += (notes_.empty() ? "" : "; ") + line;
        observer_.noted(for_message(notes_, longest_notes));
    }
    void reading(const std::string& checkpoint, int done, int total) override
    {
        if (std::exchange(reading_, checkpoint) == checkpoint)
            return; // at a further tensor of it
        observer_.preparing("reading " + checkpoint + ", " + std::to_string(done + 1) + " of "
            + std::to_string(total));
    }
    void started(RunId run, const std::string& device, int last_step) override
    {
        observer_.started(run, device, last_step);
        if (!doing_.empty())
            observer_.preparing(doing_); // what was told before belongs to the time before
    }
    void observing(const SeriesCheckpoint& checkpoint, int done, int total) override
    {
        const auto now = Clock::now();
        if (begun_) {
            seconds_ += std::chrono::duration<double>(now - *begun_).count();
            ++timed_;
        }
        begun_ = now;
        doing_ = "observing " + checkpoint.name + ", " + std::to_string(done + 1) + " of "
            + std::to_string(total);
        if (timed_ > 0)
            doing_ += ", about " + duration(std::ceil(seconds_ / timed_ * (total - done))) + " left";
        observer_.preparing(doing_);
    }
    void observed(const IterationRecord& iteration) override
    {
        observer_.iteration_committed(iteration);
    }

private:
    RunObserver& observer_;
    std::string notes_;
    std::string doing_;
    std::string reading_;
    std::optional<Clock::time_point> begun_; ///< the checkpoint under way
    double seconds_ = 0;
    int timed_ = 0; ///< checkpoints that took these
};

} // namespace

RunState observe(
    const ObserveRequest& request, RunObserver& observer, RunControl& control, std::stop_token stop)
{
    WatchedObservation watched(observer);
    return observe(request, watched, control, std::move(stop));
}

} // namespace circuitloom
