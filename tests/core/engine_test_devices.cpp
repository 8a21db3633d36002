#include "core/base/error.h"
#include "core/model/cuda_driver.h"
#include "core/model/device.h"
#include "core/model/devices.h"
#include "tests/support/skip.h"

#include <doctest/doctest.h>

using namespace circuitloom;
using circuitloom::testing::skip;

namespace {

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

std::string refusal(std::string_view device)
{
    try {
        pick_device(device);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("the processor is always there, and auto takes one of the devices")
{
    const Devices found = devices();
    REQUIRE_FALSE(found.all.empty());
    CHECK(found.all[0].name == "cpu");
    CHECK(found.all[0].threads >= 1);
    CHECK(found.all[0].free > 0);
    CHECK(found.all[0].bytes >= found.all[0].free);
    CHECK(found.all.size() == 1 + static_cast<std::size_t>(usable_cards()));
    CHECK_FALSE(found.why.empty());
    CHECK(pick_device("cpu").is_cpu());
    CHECK(pick_device("auto").is_cuda() == (usable_cards() > 0));
    CHECK(found.chosen == pick_device("auto").str());
}

TEST_CASE("a word that is no device is refused, and so is a card that is not there")
{
    CHECK(has(refusal("gpu"), "\"gpu\"; it must be auto, cpu, cuda or cuda:N."));
    CHECK(has(refusal("cuda:127"), "\"cuda:127\""));
    if (usable_cards() == 0)
        CHECK(has(refusal("cuda"), why_no_card()));
}

TEST_CASE("why there is no card names what is missing and what to do")
{
    CHECK(has(why_no_card(0, true, 13000, 2), "bootstrap.sh run --gpu"));
    CHECK(has(why_no_card(13020, false, 0, 0), "no NVIDIA driver"));
    const std::string old = why_no_card(13020, true, 12040, 0);
    CHECK(has(old, "built for CUDA 13.2"));
    CHECK(has(old, "up to 12.4"));
    CHECK(has(old, "update the driver"));
    // A driver of the same major version serves a newer runtime.
    CHECK(has(why_no_card(13020, true, 13000, 0), "CUDA_VISIBLE_DEVICES"));
    CHECK(has(why_no_card(13020, true, 13000, 1), "nvidia-smi"));
}

TEST_CASE("a card says its name, its memory and what it can compute"
    * doctest::test_suite("conditional"))
{
    if (usable_cards() == 0)
        return skip(why_no_card());
    const Devices found = devices();
    const ComputeDevice& card = found.all.at(1);
    CHECK(card.name == "cuda:0");
    CHECK_FALSE(card.what.empty());
    CHECK(card.bytes > (std::int64_t{ 1 } << 30));
    CHECK(card.free > 0);
    CHECK(card.free <= card.bytes);
    CHECK(has(card.capability, "."));
    CHECK(has(device_description(pick_device("cuda:0")), card.what));
    CHECK(torch::ones({ 2 }, pick_device("cuda:0")).sum().item<float>() == 2);
}
