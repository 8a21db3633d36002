#include "core/base/error.h"
#include "core/run/device_choice.h"
#include "core/run/run_config.h"

#include <doctest/doctest.h>

#include <string>

using namespace circuitloom;

TEST_CASE("a device is a word or a card's number")
{
    using Kind = DeviceChoice::Kind;
    CHECK(device_choice("auto") == DeviceChoice{ Kind::automatic, 0 });
    CHECK(device_choice("cpu") == DeviceChoice{ Kind::processor, 0 });
    CHECK(device_choice("cuda") == DeviceChoice{ Kind::card, 0 });
    CHECK(device_choice("cuda:0") == DeviceChoice{ Kind::card, 0 });
    CHECK(device_choice("cuda:17") == DeviceChoice{ Kind::card, 17 });
    for (const char* word : { "", "gpu", "CUDA", "cuda:", "cuda:-1", "cuda:+1", "cuda: 1", "cuda:1x",
             "cuda:128", "cuda:99999999999", "cpu:0", "auto:1" }) {
        INFO(word);
        CHECK_FALSE(device_choice(word));
    }
}

TEST_CASE("a run's settings take every device that there can be, and no other word")
{
    RunConfig config = preset("sv-disagreement");
    config.device = "cuda:3";
    CHECK_NOTHROW(validate(config));
    config.device = "cuda:x";
    CHECK_THROWS_WITH_AS(validate(config),
        "device is cuda:x; it must be auto, cpu, cuda or cuda:N.", InputError);
}
